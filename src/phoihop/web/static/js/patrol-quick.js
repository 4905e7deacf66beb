// Quick entry: lines that are pasted below the last row get rows of their own, as do those of a draft.
import { paste, place } from "./grid.js";
import { draftOf, restore, toast } from "./shared.js";

const form = document.getElementById("quick");
const body = form.querySelector("tbody");
const MOST = Number(form.dataset.most);
const NUMBER = /^r\d+/;

/** One more row, empty, as the last. */
function add() {
  const n = body.rows.length,
    row = body.rows[n - 1].cloneNode(true);
  row.querySelector("th").textContent = n + 1;
  for (const cell of row.querySelectorAll("td")) {
    cell.className = "";
    const input = cell.querySelector("input");
    cell.replaceChildren(input);
    for (const name of ["aria-invalid", "aria-describedby", "autofocus"]) input.removeAttribute(name);
    input.name = input.id = input.name.replace(NUMBER, `r${n}`);
    input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, n + 1));
    input.value = "";
  }
  body.append(row);
}

/** As many rows as asked for, as far as the table goes. */
function grow(count) {
  while (body.rows.length < Math.min(count, MOST)) add();
  form.elements.rows.value = body.rows.length;
}

form.addEventListener("tt:cell-paste", ({ detail: { cell, beyond } }) => {
  if (!beyond.length) return;
  const first = body.rows.length,
    { column } = place(cell);
  grow(first + beyond.length);
  if (body.rows.length > first) paste(body.rows[first].querySelectorAll("td")[column], beyond);
  else toast({ text: form.dataset.beyond.replace("{left}", beyond.length), kind: "warn" });
});

const written = (draftOf(form)?.fields ?? []).filter(([name, value]) => NUMBER.test(name) && value).map(([name]) => Number(name.slice(1).split(".")[0]) + 1);
if (Math.max(0, ...written) > body.rows.length) {
  grow(Math.max(...written));
  restore(form);
}
