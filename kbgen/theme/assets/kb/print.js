// The print button, and whole addresses for the links on paper (print.css shows them).

document.querySelector(".kb-print").addEventListener("click", () => print());

addEventListener("beforeprint", () => {
  for (const link of document.querySelectorAll(".kb-body a[href], .kb-page-links a")) {
    link.dataset.kbAddress = link.href;
  }
});
