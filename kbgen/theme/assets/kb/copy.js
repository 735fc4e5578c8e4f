// Gives every block of code a button that copies it.

const SHOWN_FOR = 2_000;

function addButton(code) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kb-copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    button.textContent = await copied(code.textContent);
    setTimeout(() => (button.textContent = "Copy"), SHOWN_FOR);
  });
  code.parentElement.append(button);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    return "Not allowed";
  }
}

// Browsers offer the clipboard to secure pages only.
if (navigator.clipboard) {
  document.querySelectorAll(".md-typeset pre > code").forEach(addButton);
}
