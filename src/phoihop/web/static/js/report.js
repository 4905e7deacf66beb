// A figure of the table opens its records below its line; without this script it is a link to the same records.
const table = document.getElementById("figures");

function shut(row) {
  row?.previousElementSibling?.classList.remove("opened");
  row?.remove();
}

function open(link) {
  const line = link.closest("tr");
  const before = table.querySelector(".drill-row");
  const same = before?.dataset.of === link.href;
  shut(before);
  if (same) return;
  const row = document.createElement("tr");
  row.className = "drill-row";
  row.dataset.of = link.href;
  const cell = row.insertCell();
  cell.colSpan = line.cells.length;
  const place = document.createElement("div");
  place.id = "drill";
  cell.append(place);
  line.classList.add("opened");
  line.after(row);
  table.style.setProperty("--drill-w", `${table.parentElement.clientWidth}px`);
  window.htmx.ajax("GET", link.href, { target: "#drill", swap: "innerHTML" }).then(() => place.querySelector("a, button")?.focus());
}

table?.addEventListener("click", (event) => {
  if (event.target.closest("[data-shut]")) {
    const row = event.target.closest(".drill-row");
    const door = [...table.querySelectorAll("a.door")].find((link) => link.href === row.dataset.of);
    shut(row);
    door?.focus();
    return;
  }
  const link = event.target.closest("a.door");
  if (!link || link.closest(".drill-row") || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link);
});
