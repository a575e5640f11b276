// Ctrl+K, on a Mac ⌘K, goes to the search box; Escape in it leads back. Letters alone do nothing:
// people who speak to their computer, or whose hands shake, would set them off unawares.
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
// The box of the head gives way to a larger one where the page has its own.
const boxes = document.querySelectorAll("header input[type=search], main input[type=search]");
const box = [...boxes].find((one) => one.offsetParent !== null);
let before = null;

if (box) box.setAttribute("aria-keyshortcuts", isMac ? "Meta+K" : "Control+K");

// Where the keyboard writes another script, the key in the same place.
const isK = ({ key, code }) => (/^[a-z]$/i.test(key) ? key.toLowerCase() === "k" : code === "KeyK");

document.addEventListener("keydown", (event) => {
  const isHeld = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (box && isHeld && !event.shiftKey && !event.altKey && isK(event)) {
    event.preventDefault();
    if (document.activeElement !== box) before = document.activeElement;
    box.focus();
    box.select();
  } else if (event.key === "Escape" && event.target === box && before && !event.isComposing) {
    event.preventDefault();
    if (before === document.body) box.blur();
    else before.focus();
    before = null;
  }
});
