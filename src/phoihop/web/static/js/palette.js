// Search and commands: Ctrl K or the search field of the top bar; arrows choose, Enter opens.
import { showDialog } from "./dialogs.js";

const palette = document.getElementById("palette");
const field = palette?.querySelector("input");

export function openPalette(event) {
  if (!palette) return;
  showDialog("palette", event);
  field.select();
}

const lines = () => [...palette.querySelectorAll("[data-pick] > a")];

function choose(step) {
  const all = lines();
  if (!all.length) return;
  const at = all.findIndex((line) => line.getAttribute("aria-selected") === "true");
  const next = (at + step + all.length) % all.length;
  all.forEach((line, n) => (n === next ? line.setAttribute("aria-selected", "true") : line.removeAttribute("aria-selected")));
  all[next].scrollIntoView({ block: "nearest" });
}

if (palette) {
  document.addEventListener("click", (event) => event.target.closest("[data-palette]") && openPalette(event));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.code === "ArrowDown" || event.code === "ArrowUp") {
      event.preventDefault();
      choose(event.code === "ArrowDown" ? 1 : -1);
    }
    if (event.code === "Enter") {
      event.preventDefault();
      (lines().find((line) => line.hasAttribute("aria-selected")) ?? lines()[0])?.click();
    }
  });
}
