// Loads the behaviours that this page needs. Every page works without them.

const behaviours = [
  [".kb-search", "./search-field.js"],
  [".kb-navigation", "./navigation.js"],
  [".kb-error-box", "./error-code.js"],
  [".kb-live", "./hours.js"],
  [".kb-window", "./maintenance.js"],
  [".md-typeset pre > code", "./copy.js"],
  [".md-typeset :is(pre > code, table)", "./overflow.js"],
  [".kb-print", "./print.js"],
];

for (const [selector, module] of behaviours) {
  if (document.querySelector(selector)) import(module);
}
