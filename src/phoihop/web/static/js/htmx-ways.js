// How htmx behaves here: focus goes to what is wrong, and a sign-in that ran out leads to the sign-in page.
document.addEventListener("htmx:afterSettle", (event) => focusWrong(event.detail.elt));
document.addEventListener("htmx:sendError", () => document.dispatchEvent(new CustomEvent("tt:offline")));

/** After a refused form: to its summary, as a reader of the whole page would find it. */
function focusWrong(root) {
  const summary = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]");
  summary?.focus();
}

focusWrong(document);
