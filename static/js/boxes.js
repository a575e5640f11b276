// A box whose table may be too wide for it takes the keyboard's focus, so that arrow keys can move the
// table sideways. While everything fits there is nothing to move, and the keyboard passes it by.
function settle(box) {
  const isWide = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  // Whoever is there is not sent away; they are passed by the next time.
  if (isWide || box === document.activeElement) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

const watch = new ResizeObserver((seen) => {
  for (const { target } of seen) settle(target.closest(".scroll"));
});

for (const box of document.querySelectorAll(".scroll")) {
  settle(box);
  watch.observe(box);
  for (const inside of box.children) watch.observe(inside);
  box.addEventListener("blur", () => settle(box));
}
