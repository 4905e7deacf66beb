// <form data-draft="patrol-result:TT-…">: what is typed stays in this browser until the form has been accepted.
const PREFIX = "phoihop.draft.";
const DAYS = 2;
const SKIPPED = new Set(["csrfmiddlewaretoken", "key", "version", "sure"]);
const VALUELESS = new Set(["hidden", "file", "submit", "button"]); // a button's value is the server's: an offer bears the name of the field that it settles

function save(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SKIPPED.has(name));
  localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify({ at: Date.now(), fields }));
}

function restore(form) {
  const kept = JSON.parse(localStorage.getItem(PREFIX + form.dataset.draft) ?? "null");
  if (!kept) return;
  const values = new Map();
  for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || VALUELESS.has(field.type)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.get(field.name)?.includes(field.value) ?? false;
    else if (values.has(field.name)) field.value = values.get(field.name).shift() ?? "";
  }
  form.querySelector("[data-draft-kept]")?.removeAttribute("hidden");
}

/** Call when the form was accepted; the server's answer does it by carrying data-draft-done="…". */
export function dropDraft(name) {
  localStorage.removeItem(PREFIX + name);
}

function dropOld() {
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
    if (Date.now() - (JSON.parse(localStorage.getItem(name)).at ?? 0) > DAYS * 86_400_000) localStorage.removeItem(name);
  }
}

/** An offer that was taken is what the writer says now: the draft would bring the refused text back on the next page. */
function take({ target: form, submitter }) {
  const field = submitter?.name && [...form.elements].find((one) => one.name === submitter.name && !VALUELESS.has(one.type));
  if (!form.dataset.draft || !field) return;
  field.value = submitter.value;
  save(form);
}

document.addEventListener("submit", take);
document.addEventListener("input", ({ target }) => target.form?.dataset.draft && save(target.form));
document.querySelectorAll("[data-draft-done]").forEach((element) => dropDraft(element.dataset.draftDone));
dropOld();
document.querySelectorAll("form[data-draft]").forEach(restore);
