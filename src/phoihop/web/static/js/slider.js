// A slider over events: each step is a day on which something changed, so the arrow keys jump from one to the next.
// <form data-slider><input type="range" …><output></output></form>; the stops' words stand in its <datalist>.
function words(range) {
  const stop = range.list?.options[Number(range.value)];
  return stop?.label || stop?.value || range.value;
}

function say(range) {
  range.setAttribute("aria-valuetext", words(range));
  const output = range.form.querySelector("output");
  if (output) output.textContent = words(range);
}

for (const range of document.querySelectorAll("[data-slider] input[type=range]")) {
  range.form.querySelector("[data-without]")?.setAttribute("hidden", "");
  say(range);
  range.addEventListener("input", () => say(range));
  range.addEventListener("change", () => range.form.requestSubmit());
}
