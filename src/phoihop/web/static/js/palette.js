// Search and commands: Ctrl K or the search field of the top bar; the arrows go down into what was found and back up.
import { showDialog } from "./dialogs.js";

const palette = document.getElementById("palette");
const field = palette?.querySelector("input");

export function openPalette(event) {
  if (!palette) return;
  showDialog("palette", event);
  field.select();
}

const lines = () => [...palette.querySelectorAll("[data-pick] > a")];

function walk(event) {
  const all = [field, ...lines()];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (step) {
    event.preventDefault();
    const to = (all.indexOf(document.activeElement) + step + all.length) % all.length;
    return all[to].focus();
  }
  if (event.code === "Enter" && document.activeElement === field && all.length > 1) {
    event.preventDefault();
    all[1].click();
  } else if (event.key.length === 1 && document.activeElement !== field && !event.ctrlKey && !event.metaKey) field.focus();
}

if (palette) {
  document.addEventListener("click", (event) => event.target.closest("[data-palette]") && openPalette(event));
  palette.addEventListener("keydown", (event) => event.isComposing || walk(event));
}
