// Gives every block of code a button that copies it.

function addButton(code) {
  const button = document.createElement("button");
  const say = (word) => (button.textContent = word);
  const copy = () => navigator.clipboard.writeText(code.textContent);
  button.className = "kb-copy";
  button.type = "button";
  button.onclick = async () => {
    await copy().then(() => say("Copied"), () => say("Not allowed"));
    setTimeout(say, 2_000, "Copy");
  };
  say("Copy");
  code.after(button);
}

// Browsers offer the clipboard to secure pages only.
if (navigator.clipboard) document.querySelectorAll(".md-typeset pre > code").forEach(addButton);
