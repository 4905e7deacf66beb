// The patrol month by keyboard: 1 pencils in a night, 2 a day, Del rubs out, Ctrl Z goes back, rows are pasted from a spreadsheet.
// What is pencilled in is the text of one field (web/patrols/month/pencilled.py); the server draws the board from it.
import { goTo, place } from "./grid.js";
import { toast } from "./shared.js";

const form = document.getElementById("month");
const KEYS = { Digit1: ["night"], Numpad1: ["night"], Digit2: ["day"], Numpad2: ["day"] };
// What a cell of a spreadsheet says: đ, x or 1 a night, n or 2 a day, đn both.
const WRITTEN = {
  đ: ["night"],
  d: ["night"],
  đêm: ["night"],
  dem: ["night"],
  x: ["night"],
  1: ["night"],
  n: ["day"],
  ngày: ["day"],
  ngay: ["day"],
  2: ["day"],
  đn: ["night", "day"],
  dn: ["night", "day"],
  12: ["night", "day"],
};
const WAIT = 350;
const before = [];
let timer = 0;

const field = () => form.querySelector("[name=nhap]");
const words = () => field().value.split(/\s+/).filter(Boolean);
const line = (cell) => cell.closest("tr[data-line]");
const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

function write(list, remember = true) {
  if (remember) before.push(field().value);
  field().value = [...new Set(list)].join(" ");
  field().dispatchEvent(new Event("input", { bubbles: true }));
  form.querySelector("[name=do][value=gui]").disabled = !field().value;
  clearTimeout(timer);
  timer = setTimeout(refresh, WAIT);
}

/** Let the server draw the board again, and stay in the cell; whoever has gone on meanwhile is not called back. */
function refresh() {
  const at = document.activeElement?.closest?.("[role=gridcell]")?.id;
  const values = { nhap: field().value };
  htmx.ajax("POST", location.pathname + location.search, { target: "#roster", swap: "outerHTML", values }).then(() => {
    const cell = at && document.getElementById(at);
    if (cell && [document.body, cell].includes(document.activeElement)) goTo(cell);
  });
}

/** The mark for a shift in a cell; empty with a word of explanation if there can be none. */
function mark(cell, shift) {
  const row = line(cell),
    source = row.dataset[shift];
  if (cell.dataset.day < today) return say("past");
  if (!row.dataset.line.startsWith("r")) return say("only");
  if (source === "0") return say("first");
  if (cell.querySelector(`a > .strip.${shift}:not(.fell)`)) return say("there");
  return `${source}@${cell.dataset.day}`;
}

function say(name) {
  toast({ text: form.dataset[name], kind: "warn" });
  return "";
}

function pencil(cell, shifts) {
  const marks = shifts.map((shift) => mark(cell, shift)).filter(Boolean);
  for (const [n, word] of marks.entries()) if (!words().includes(word)) draw(cell, shifts[n], word);
  return marks;
}

/** At once, before the server has answered: the strip of the route's usual forces. */
function draw(cell, shift, word) {
  const strip = Object.assign(document.createElement("span"), { className: `strip ${shift} pencilled` });
  strip.dataset.mark = word;
  for (const force of line(cell).querySelectorAll(".l2 .force")) {
    const colour = [...force.classList].find((name) => name.startsWith("fc-"));
    strip.append(Object.assign(document.createElement("i"), { className: colour }));
  }
  cell.append(strip);
}

function rub(cell) {
  const gone = [...cell.querySelectorAll("[data-mark]")];
  if (gone.length) {
    const marks = gone.map((strip) => strip.dataset.mark);
    gone.forEach((strip) => strip.remove());
    return write(words().filter((word) => !marks.includes(word)));
  }
  const sent = cell.querySelector("a > .strip:not(.fell)");
  if (!sent) return;
  if (sent.parentElement.dataset.falls === undefined) return say("fixed");
  location.assign(`${sent.parentElement.pathname}huy/`);
}

/** The patrol of a cell; of several, and of those that are only counted, the list of its day. */
function open(cell) {
  const links = [...cell.querySelectorAll("a:has(> .strip)")];
  if (!links.length && !cell.querySelector(".more")) return say("none");
  if (links.length === 1 && !cell.querySelector(".more")) return links[0].click();
  const day = cell.dataset.day.split("-").reverse().join("/");
  const route = /^r(\d+)$/.exec(line(cell).dataset.line);
  location.assign(`${form.dataset.list}&tu=${day}&den=${day}${route ? `&tuyen=${route[1]}` : ""}`);
}

document.addEventListener("tt:cell-key", ({ detail: { cell, code, event } }) => {
  if (!form.contains(cell) || !field()) return;
  if (KEYS[code]) write([...words(), ...pencil(cell, KEYS[code])]);
  else if (code === "Delete" || code === "Backspace") rub(cell);
  else if (code === "Enter") open(cell);
  else return;
  event.preventDefault();
});

form.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyZ" || !event.target.closest("[role=gridcell]") || !before.length) return;
  event.preventDefault();
  field().value = before.pop();
  write(words(), false);
});

document.addEventListener("tt:cell-paste", ({ detail: { cell, lines } }) => {
  if (!form.contains(cell) || !field()) return;
  const at = place(cell),
    marks = [];
  lines.forEach((values, down) => {
    const there = at.all[at.row + down]?.querySelectorAll("[role=gridcell]");
    values.forEach((value, right) => {
      const target = there?.[at.column + right],
        shifts = WRITTEN[value.trim().toLowerCase()];
      if (target && shifts) marks.push(...pencil(target, shifts));
    });
  });
  write([...words(), ...marks]);
});

form.addEventListener("click", (event) => {
  const link = event.target.closest("[data-cell]"),
    cell = event.target.closest("[role=gridcell]");
  const target = link ? document.getElementById(link.dataset.cell) : event.target.closest("a") ? null : cell;
  if (!target) return;
  event.preventDefault();
  goTo(target);
});

document.addEventListener("htmx:afterSettle", () => {
  field()?.dispatchEvent(new Event("input", { bubbles: true }));
  goOn();
});

/** More than two hundred go out in several turns. */
function goOn() {
  if (form.querySelector("[data-continue]")) form.requestSubmit(form.querySelector("[name=do][value=gui]"));
}

goOn();
if (field() && field().value.trim() !== field().defaultValue.trim()) refresh();
