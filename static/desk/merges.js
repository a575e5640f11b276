// The box of the search bears the name of its field, which the library of the search leaves out.
"use strict";

window.addEventListener("load", () => {
  const label = document.querySelector("label[for=id_into]");
  const box = document.getElementById("select2-id_into-container");
  if (label && box) {
    box.setAttribute("aria-label", label.textContent);
  }
});
