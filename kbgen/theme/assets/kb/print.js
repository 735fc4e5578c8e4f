// The print button; and on paper, links with their whole address (print.css shows it).

document.querySelector(".kb-print").onclick = () => print();

addEventListener("beforeprint", () => {
  for (const link of document.querySelectorAll(".kb-body a[href], .kb-page-links a")) {
    link.dataset.kbAddress = link.href;
  }
});
