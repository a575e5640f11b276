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
