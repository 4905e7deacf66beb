// <button data-copy="TT-26-…"> copies a code, or data-copy-from="#id" a text ("chép tin"), and says so.
import { say, toast } from "./shared.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button) return;
  const text = button.dataset.copy ?? document.querySelector(button.dataset.copyFrom)?.textContent.trim() ?? "";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyOldWay(text);
  }
  toast({ text: say("copied", { what: text.length < 40 ? text : "" }), kind: "ok" });
});

/** Pages that are not served by https have no clipboard interface. */
function copyOldWay(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "vh" });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
