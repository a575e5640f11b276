// What Django's own widgets leave without a name for those who do not see them.

// The search for a record is called what its label says, and by the record that is chosen.
function nameSearches() {
  for (const box of document.querySelectorAll(".select2-hidden-accessible")) {
    const shown = box.nextElementSibling?.querySelector(".select2-selection__rendered");
    const label = box.labels[0];
    if (!shown || !label) continue;
    label.id ||= `${box.id}_label`;
    for (const one of [shown, shown.closest(".select2-selection")]) {
      one.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    }
  }
}

function nameHints() {
  for (const hint of document.querySelectorAll(".help-tooltip[aria-label]")) hint.setAttribute("role", "img");
}

// In the admin's own queue, where the searches have been made before it.
window.django?.jQuery?.(nameSearches);
document.addEventListener("formset:added", () => setTimeout(nameSearches));
window.addEventListener("load", nameHints);
