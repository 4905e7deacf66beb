// Leaving a page with something typed asks first. A form says data-free when losing it costs nothing.
const typed = new Set();

document.addEventListener("input", ({ target }) => {
  if (target.form && target.form.method === "post" && !("free" in target.form.dataset)) typed.add(target.form);
});
document.addEventListener("submit", ({ target }) => typed.delete(target));
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && typed.delete(detail.elt.closest?.("form")));

window.addEventListener("beforeunload", (event) => {
  if ([...typed].some((form) => form.isConnected)) event.preventDefault();
});

export const forget = (form) => typed.delete(form);
