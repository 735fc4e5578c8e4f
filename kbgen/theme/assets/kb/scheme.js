// Runs before the first paint, so it is a plain script and small: says that scripts run,
// applies the reader's own choice of colours, and lets the header's button change it.

(() => {
  const page = document.documentElement.dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let kept = {}; // where storage is forbidden, a choice lasts as long as the page
  try {
    kept = localStorage;
  } catch {}

  page.kbScripts = "";
  if (kept.kbScheme) page.mdColorScheme = kept.kbScheme;

  document.addEventListener("click", ({ target }) => {
    if (!target.closest(".kb-scheme")) return;
    const [system, other] = dark.matches ? ["slate", "default"] : ["default", "slate"];
    if ((page.mdColorScheme ?? system) === system) {
      page.mdColorScheme = kept.kbScheme = other;
    } else {
      // What the system says needs no keeping: the page follows it again.
      delete page.mdColorScheme;
      delete kept.kbScheme;
    }
  });
})();
