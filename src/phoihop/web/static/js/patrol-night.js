// A plan that ends at an hour before its start, on no other day, goes on past midnight: said while it is typed.
const HOUR = /^(\d{1,2})\D?([0-5]\d)?\D*$/;

/** Minutes since midnight of "22:00", "22h" or "2200"; null for what is no hour. */
function minutes(text) {
  const found = HOUR.exec(text.trim());
  return found && Number(found[1]) < 24 ? Number(found[1]) * 60 + Number(found[2] ?? 0) : null;
}

function show() {
  const line = document.querySelector("[data-night]");
  if (!line) return;
  const { start, end, end_day: day } = line.closest("form").elements;
  const [first, last] = [minutes(start.value), minutes(end.value)];
  line.hidden = first === null || last === null || last >= first || day.value.trim() !== "";
  const clock = `${String(Math.floor(last / 60)).padStart(2, "0")}:${String(last % 60).padStart(2, "0")}`;
  line.textContent = line.hidden ? "" : line.dataset.night.replace("{clock}", clock);
}

for (const event of ["input", "change", "htmx:afterSettle"]) document.addEventListener(event, show);
show();
