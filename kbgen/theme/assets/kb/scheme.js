// Runs before the first paint, so it is a plain script and small: says that scripts run,
// applies the reader's own choice of colours, and lets the header's button change it.
// A choice that equals the system's is forgotten: the page then follows the system again.

(function () {
  const page = document.documentElement;
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  function apply(choice) {
    if (choice) page.dataset.mdColorScheme = choice;
    else delete page.dataset.mdColorScheme;
  }

  function remembered() {
    try {
      const choice = localStorage.getItem("kb-scheme");
      return ["default", "slate"].includes(choice) ? choice : "";
    } catch {
      return ""; // storage may be forbidden
    }
  }

  function remember(choice) {
    try {
      if (choice) localStorage.setItem("kb-scheme", choice);
      else localStorage.removeItem("kb-scheme");
    } catch {
      // then the choice lasts as long as the page
    }
  }

  page.dataset.kbScripts = "";
  apply(remembered());

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".kb-scheme")) return;
    const system = systemIsDark.matches ? "slate" : "default";
    const other = system === "slate" ? "default" : "slate";
    const choice = page.dataset.mdColorScheme === other ? "" : other;
    apply(choice);
    remember(choice);
  });
})();
