// Shortcuts. ASCII keys by their place (event.code), never while a word is being composed or a field has the focus.
// A button shows its key and names it: data-key="Digit1". G then a letter goes to a page of the rail (data-go).
import { openPalette } from "./palette.js";
import { showDialog } from "./dialogs.js";

const GO_WITHIN = 1200;
const enabled = () => !document.body.classList.contains("no-keys");
let goSince = -Infinity;

/** Whether keys belong to what has the focus: a field, a grid, an open dialog. */
function busy(target) {
  return Boolean(target.closest?.("input, textarea, select, [contenteditable], [role=grid]") || document.querySelector("dialog[open]"));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") return openPalette(event);
  if (event.ctrlKey || event.metaKey || !enabled() || busy(event.target)) return;
  if (run(event)) event.preventDefault();
});

function run(event) {
  if (event.timeStamp - goSince < GO_WITHIN) {
    goSince = -Infinity;
    return click(`[data-go="${event.code.replace("Key", "")}"]`);
  }
  if (event.code === "KeyG" && !event.shiftKey) return Boolean((goSince = event.timeStamp));
  if (event.key === "?") return showDialog("keys", event) ?? true;
  if (event.shiftKey) return false;
  if (event.code === "KeyN") return openRecord();
  if (event.code === "KeyJ" || event.code === "KeyK") return step(event.code === "KeyJ" ? 1 : -1);
  return click(`[data-key="${event.code}"]:not([disabled])`);
}

/** Presses the button of a key: in a list, that of the row in which one is. */
function click(selector) {
  const row = document.activeElement?.closest("#main .rows > li, #main tbody[data-rows] > tr");
  const found = [...(row?.querySelectorAll(selector) ?? []), ...document.querySelectorAll(selector)].find((one) => one.offsetParent !== null);
  found?.click();
  return Boolean(found);
}

function openRecord() {
  const menu = document.getElementById("record-menu");
  if (!menu) return false;
  menu.open = true;
  menu.querySelector(".panel a")?.focus();
  return true;
}

/** J and K walk over the rows of the main list; Enter opens, because the row's link has the focus. */
function step(by) {
  const rows = [...document.querySelectorAll("#main .rows > li, #main .rows > a, #main tbody[data-rows] > tr")];
  if (!rows.length) return false;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  (row.matches("a") ? row : row.querySelector("a, button"))?.focus();
  return true;
}

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", (event) => showDialog("keys", event));
}
