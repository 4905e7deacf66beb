// <details data-menu>: one open at a time, closed by Escape, by a click elsewhere, by leaving with Tab.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!menu.matches?.("details[data-menu]") || !menu.open) return;
    for (const other of open()) if (other !== menu) other.open = false;
    menu.dispatchEvent(new CustomEvent("tt:open"));
  },
  true,
);

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("focusin", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.code !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
