// Leads from a typed code to its page; an unknown one leads to the list of all.

const form = document.querySelector(".kb-error-box");

form.addEventListener("submit", (event) => {
  const typed = form.elements.code.value.trim().toUpperCase();
  const known = form.querySelector(`option[value="${CSS.escape(typed)}" i]`);
  if (!known) return;
  event.preventDefault();
  location.href = new URL(`../e/${known.value}/`, form.action);
});
