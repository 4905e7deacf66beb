// − and + beside a number field, and the look of ticked chips where a browser lacks :has().
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const field = button.closest(".stepper").querySelector("input");
  Number(button.dataset.step) > 0 ? field.stepUp() : field.stepDown();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

if (!CSS.supports("selector(:has(*))")) {
  const mark = () =>
    document.querySelectorAll(".toggles input, .options input").forEach((input) => input.closest("label").classList.toggle("on", input.checked));
  document.addEventListener("change", mark);
  document.addEventListener("htmx:afterSettle", mark);
  mark();
}
