// The print button, and whole addresses for print.css to show.

document.querySelector(".kb-print").onclick = () => print();

addEventListener("beforeprint", () => {
  for (const link of document.querySelectorAll(".kb-body a[href], .kb-page-links a")) {
    link.dataset.kbAddress = link.href;
  }
});
