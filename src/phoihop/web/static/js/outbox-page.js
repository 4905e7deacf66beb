// /hang-doi/: what waits, what must be looked at, what has arrived. Drawn here, because without a network nobody else can.
import { REVIEW, SENT, WAITING, SENDING, drop, entries, flush } from "./outbox.js";

const list = (name) => document.querySelector(`[data-list="${name}"]`);
const template = document.getElementById("outbox-row").content;
const GROUPS = { waiting: [WAITING, SENDING], review: [REVIEW], sent: [SENT] };

/** A moment as the pages write it: 12:21, 22/11 or 12:21, 22 Nov, in Vietnam wherever the phone believes to be. */
function said(at) {
  const english = document.documentElement.lang === "en";
  const shape = { hour: "2-digit", minute: "2-digit", day: "2-digit", month: english ? "short" : "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" };
  const part = Object.fromEntries(new Intl.DateTimeFormat("en-GB", shape).formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.hour}:${part.minute}, ${part.day}${english ? " " : "/"}${part.month}`;
}

function row(entry) {
  const made = template.firstElementChild.cloneNode(true);
  made.querySelector("[data-title]").textContent = entry.title;
  made.querySelector("[data-at]").textContent = said(entry.at);
  made.querySelectorAll("[data-state]").forEach((tag) => (tag.hidden = tag.dataset.state !== entry.state));
  const open = made.querySelector("[data-open]");
  open.hidden = entry.state !== REVIEW;
  open.href = entry.page;
  const away = made.querySelector("[data-drop]");
  away.hidden = entry.state !== REVIEW;
  away.addEventListener("click", () => drop(entry.key));
  return made;
}

function draw(all) {
  for (const [name, states] of Object.entries(GROUPS)) {
    const shown = all.filter((entry) => states.includes(entry.state)).sort((a, b) => b.at - a.at);
    list(name).replaceChildren(...shown.map(row));
    list(name).closest("section").hidden = !shown.length;
    document.querySelector(`[data-count="${name}"]`).textContent = shown.length;
  }
  document.getElementById("outbox-empty").hidden = all.length > 0;
}

document.addEventListener("tt:outbox", ({ detail }) => draw(detail.entries));
document.querySelector("[data-flush]").addEventListener("click", flush);
entries().then(draw);
