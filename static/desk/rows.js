// A row that was added takes the focus; it would stay on the button, which now stands behind the row.
document.addEventListener("formset:added", (event) => {
  const heading = event.target.querySelector(".parts summary");
  if (heading) heading.focus();
});
