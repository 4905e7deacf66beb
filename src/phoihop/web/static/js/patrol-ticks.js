// One tick for all rows of a list, and how many are ticked on the button.
for (const form of document.querySelectorAll("form[data-ticks]")) {
  const all = form.querySelector("[data-all]");
  const ticks = [...form.querySelectorAll("tbody .tick input")];
  const counts = form.querySelectorAll("[data-count]");
  const show = () => {
    const n = ticks.filter((tick) => tick.checked).length;
    counts.forEach((count) => (count.textContent = `(${n})`));
    all.checked = n === ticks.length;
    all.indeterminate = n > 0 && n < ticks.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    ticks.forEach((tick) => (tick.checked = all.checked));
    show();
  });
  form.addEventListener("change", show);
  show();
}
