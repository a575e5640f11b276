// Asks only for what the finding needs: a status where it changed, a quotation where something was found.
const findings = document.querySelectorAll("input[name=finding]");
const rows = document.querySelectorAll("[data-findings]");

function ask() {
  const chosen = [...findings].find((box) => box.checked);
  for (const row of rows) {
    const isAsked = !chosen || row.dataset.findings.split(" ").includes(chosen.value);
    row.hidden = !isAsked;
    // What is not asked for is not sent; it stays typed, should somebody choose again.
    for (const box of row.querySelectorAll("select, textarea")) box.disabled = !isAsked;
  }
}

for (const box of findings) box.addEventListener("change", ask);
ask();

// The search for a record is called what its label says, and by the record that is chosen.
function nameSearches() {
  for (const box of document.querySelectorAll(".small-form .select2-hidden-accessible")) {
    const shown = box.nextElementSibling?.querySelector(".select2-selection__rendered");
    const label = box.labels[0];
    if (!shown || !label) continue;
    label.id ||= `${box.id}_label`;
    for (const one of [shown, shown.closest(".select2-selection")]) {
      one.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    }
  }
}

// In the admin's own queue, where the searches have been made before it.
window.django?.jQuery?.(nameSearches);
