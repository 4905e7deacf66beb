// Behind a day field (dd/mm/yyyy) the browser's own calendar: its field shows month first on some machines, ours never does.
import { say } from "./shared.js";

function enhance(field) {
  if (field.closest(".day")) return;
  const holder = Object.assign(document.createElement("span"), { className: "day" });
  const native = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn only" });
  native.setAttribute("aria-hidden", "true");
  button.setAttribute("aria-label", say("calendar"));
  button.append(document.getElementById("calendar-icon").content.cloneNode(true));
  field.before(holder);
  holder.append(field, button, native);
  button.addEventListener("click", () => {
    native.value = field.value.split("/").reverse().join("-");
    native.showPicker?.();
  });
  native.addEventListener("change", () => {
    field.value = native.value.split("-").reverse().join("/");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const all = (root) => root.querySelectorAll?.("input[data-day]").forEach(enhance);
if ("showPicker" in HTMLInputElement.prototype) {
  all(document);
  document.addEventListener("htmx:afterSettle", (event) => all(event.detail.elt));
}
