// The drawer is a popover and opens without this. Here it learns to say so,
// and to close when the reader goes elsewhere.

const drawer = document.querySelector(".kb-navigation");
const menu = document.querySelector(".kb-menu");
const close = () => drawer.hidePopover?.();

menu.ariaExpanded = false;
drawer.addEventListener("beforetoggle", ({ newState }) => {
  menu.ariaExpanded = newState === "open";
});
document.addEventListener("focusin", ({ target }) => {
  if (!drawer.contains(target) && target !== menu) close();
});
matchMedia("(min-width: 64em)").addEventListener("change", close);
addEventListener("pagehide", close); // or it would stand open after "back"
