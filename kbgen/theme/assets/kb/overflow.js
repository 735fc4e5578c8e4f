// Lets the keyboard reach what scrolls sideways: wide tables and long lines of code.

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

document
  .querySelectorAll(".md-typeset :is(pre > code, table)")
  .forEach((element) => watcher.observe(element));
