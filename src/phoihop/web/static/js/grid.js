// role="grid": one stop for Tab, arrows inside, rows pasted from a spreadsheet, Ctrl Z. For the patrol month and for entry.
// Cells are [role=gridcell]; one with a field in it is edited in place. The page hears tt:cell-key (a key with no field in
// the cell), tt:cell-paste (what does not fit fields) and tt:cell-change, all bubbling from the cell. Ctrl Enter presses the
// button that the grid names: <table role="grid" data-sends="id">.
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const rows = (grid) => [...grid.querySelectorAll("[role=row], tbody tr")].filter((row) => row.querySelector("[role=gridcell]"));
const cells = (row) => [...row.querySelectorAll("[role=gridcell]")];
const field = (cell) => cell.querySelector("input, select, textarea");

export function place(cell) {
  const grid = cell.closest("[role=grid]"),
    all = rows(grid),
    row = cell.closest("[role=row], tr");
  return { grid, all, row: all.indexOf(row), column: cells(row).indexOf(cell) };
}

/** Move the stop for Tab, and the focus, to a cell. */
export function goTo(cell) {
  const grid = cell.closest("[role=grid]");
  for (const other of grid.querySelectorAll("[role=gridcell][tabindex='0']")) other.tabIndex = -1;
  const inside = field(cell);
  cell.tabIndex = inside ? -1 : 0;
  (inside ?? cell).focus();
  inside?.select?.();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function move(cell, [down, right]) {
  const at = place(cell);
  const row = at.all[Math.max(0, Math.min(at.all.length - 1, at.row + down))];
  const there = cells(row);
  goTo(there[Math.max(0, Math.min(there.length - 1, at.column + right))]);
}

/** Left and right stay inside a text until its edge. */
function leaves(input, code) {
  if (!input || input.tagName === "SELECT" || input.selectionStart === null) return true;
  if (code === "ArrowLeft") return input.selectionEnd === 0;
  if (code === "ArrowRight") return input.selectionStart === input.value.length;
  return input.tagName !== "TEXTAREA";
}

const undone = new WeakMap();

function remember(grid, changes) {
  if (!undone.has(grid)) undone.set(grid, []);
  undone.get(grid).push(changes);
}

function change(input, value) {
  const before = input.value;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return { input, before };
}

function undo(grid) {
  const last = undone.get(grid)?.pop();
  if (!last) return false;
  for (const { input, before } of last.reverse()) change(input, before);
  goTo(last[0].input.closest("[role=gridcell]"));
  return true;
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[role=grid] [role=gridcell]");
  if (!cell || event.isComposing || event.altKey) return;
  const input = field(cell),
    at = place(cell);
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ") return undo(at.grid) && event.preventDefault();
  if ((event.ctrlKey || event.metaKey) && event.code === "Enter" && at.grid.dataset.sends) return send(event, at.grid);
  if (event.ctrlKey && (event.code === "Home" || event.code === "End"))
    return to(event, at, event.code === "Home" ? 0 : at.all.length - 1, event.code === "Home" ? 0 : Infinity);
  if (event.ctrlKey || event.metaKey) return;
  if (MOVES[event.code] && leaves(input, event.code)) return go(event, cell, MOVES[event.code]);
  if (event.code === "Enter" && input && input.tagName !== "TEXTAREA") return go(event, cell, [event.shiftKey ? -1 : 1, 0]);
  if (input) return;
  if (event.code === "Home" || event.code === "End") return to(event, at, at.row, event.code === "Home" ? 0 : Infinity);
  if (event.code === "PageUp" || event.code === "PageDown") return go(event, cell, [event.code === "PageUp" ? -10 : 10, 0]);
  cell.dispatchEvent(new CustomEvent("tt:cell-key", { bubbles: true, detail: { cell, code: event.code, key: event.key, event } }));
});

function send(event, grid) {
  event.preventDefault();
  const button = document.getElementById(grid.dataset.sends);
  button.form.requestSubmit(button);
}

function go(event, cell, by) {
  event.preventDefault();
  move(cell, by);
}

function to(event, at, row, column) {
  event.preventDefault();
  const there = cells(at.all[row]);
  goTo(there[Math.min(column, there.length - 1)]);
}

document.addEventListener("paste", (event) => {
  const cell = event.target.closest?.("[role=grid] [role=gridcell]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell || (!text.includes("\t") && !text.trim().includes("\n") && field(cell))) return;
  event.preventDefault();
  paste(
    cell,
    text
      .replace(/\r/g, "")
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => line.split("\t")),
  );
});

/** Fill fields to the right and downwards; what lies beyond the last row goes to the page, which may add rows. */
export function paste(cell, lines) {
  const at = place(cell),
    changes = [],
    beyond = [];
  lines.forEach((values, n) => {
    const there = at.all[at.row + n] && cells(at.all[at.row + n]);
    if (!there) return beyond.push(values);
    values.forEach((value, m) => {
      const target = there[at.column + m],
        input = target && field(target);
      if (input && !input.disabled && !input.readOnly) changes.push(change(input, value.trim()));
    });
  });
  if (changes.length) remember(at.grid, changes);
  cell.dispatchEvent(new CustomEvent("tt:cell-paste", { bubbles: true, detail: { cell, lines, beyond, filled: changes.length } }));
}

const before = new WeakMap();
document.addEventListener("focusin", ({ target }) => target.closest?.("[role=gridcell]") && before.set(target, target.value));
document.addEventListener("change", ({ target, isTrusted }) => {
  const cell = isTrusted && target.closest?.("[role=grid] [role=gridcell]");
  if (!cell) return;
  remember(cell.closest("[role=grid]"), [{ input: target, before: before.get(target) ?? "" }]);
  cell.dispatchEvent(new CustomEvent("tt:cell-change", { bubbles: true, detail: { cell } }));
});

/** One cell of each grid is reachable by Tab. */
function settle(root) {
  for (const grid of root.querySelectorAll?.("[role=grid]") ?? []) {
    const all = [...grid.querySelectorAll("[role=gridcell]")].filter((cell) => !field(cell));
    if (all.length && !all.some((cell) => cell.tabIndex === 0)) all[0].tabIndex = 0;
  }
}

settle(document);
document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt.parentElement ?? document));
