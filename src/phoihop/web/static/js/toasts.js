// Short messages: those the page came with, and those htmx brings as tt:toast. With a way back they stay ten seconds.
const SECONDS = { undo: 10, ok: 6 };
const holder = document.getElementById("toasts");

/** Show {text, kind, undo, fields}. Trouble stays until it is closed. */
export function toast({ text, kind = "ok", undo = "", fields = {} }) {
  if (!holder) return;
  const made = document.getElementById(kind === "ok" ? "toast-ok" : "toast-bad").content.firstElementChild.cloneNode(true);
  made.classList.add(kind);
  made.querySelector(".say").textContent = text;
  if (undo) made.querySelector(".say").append(wayBack(undo, fields));
  made.toggleAttribute("data-undo", Boolean(undo));
  holder.append(made);
  expire(made);
}

function wayBack(undo, fields) {
  const form = document.getElementById("toast-undo").content.firstElementChild.cloneNode(true);
  form.action = undo;
  for (const [name, value] of Object.entries(fields)) form.prepend(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  return form;
}

function expire(element) {
  const close = element.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => element.remove());
  if (element.classList.contains("ok"))
    setTimeout(() => element.contains(document.activeElement) || element.remove(), (element.hasAttribute("data-undo") ? SECONDS.undo : SECONDS.ok) * 1000);
}

if (holder) {
  for (const element of holder.children) expire(element);
  document.addEventListener("tt:toast", (event) => event.detail.toasts.forEach(toast));
}
