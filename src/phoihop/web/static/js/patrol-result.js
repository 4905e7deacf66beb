// Which counts are asked for follows from what came of the patrol; "không phát sinh" asks for none and clears them.
const ORDER = ["nhac-nho", "ton-tai", "vi-pham"];
const box = document.querySelector("[data-counts]");

function show() {
  const chosen = document.querySelector("input[name=what]:checked")?.value;
  const reach = ORDER.indexOf(chosen);
  box.hidden = reach < 0;
  for (const row of box.querySelectorAll("[data-first]")) {
    const wanted = ORDER.indexOf(row.dataset.first) <= reach;
    row.hidden = !wanted;
    if (!wanted) row.querySelector("input").value = 0;
  }
}

document.addEventListener("change", ({ target }) => target.name === "what" && show());
if (box) show();
