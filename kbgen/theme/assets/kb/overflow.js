// Lets the keyboard reach what scrolls sideways: wide tables and long lines of code.

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

for (const block of document.querySelectorAll(".md-typeset :is(pre > code, table)")) {
  watcher.observe(block);
}
