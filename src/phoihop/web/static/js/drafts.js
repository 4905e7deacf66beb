// <form data-draft="patrol-result:TT-…">: what is typed stays in this browser, for this post, until the form has been accepted.
// Whoever opens the form again is told; a form whose page shows by itself what is not sent yet says data-free.
import { forget } from "./guard.js";

const PREFIX = "phoihop.draft.";
const DAYS = 2;
const VIETNAM = 7 * 3_600_000;
const FIELD = "draft-of";
const DONE = /(?:^|; )draft-done=([^;]*)/; // web/drafts.py
const SKIPPED = new Set(["csrfmiddlewaretoken", "key", "version", "sure", FIELD]);
const VALUELESS = new Set(["hidden", "file", "submit", "button"]); // a button's value is the server's: an offer bears the name of the field that it settles

const place = (name) => `${PREFIX}${document.body.dataset.post ?? ""}:${name}`;

function save(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SKIPPED.has(name));
  localStorage.setItem(place(form.dataset.draft), JSON.stringify({ at: Date.now(), fields }));
}

const due = new Set();

/** Once for all the fields that change in one go, as when two hundred lines are pasted. */
function saveOnce(form) {
  if (due.has(form)) return;
  due.add(form);
  queueMicrotask(() => due.delete(form) && save(form));
}

/** What was typed before, with the moment of it; null if nothing was. */
export const draftOf = (form) => JSON.parse(localStorage.getItem(place(form.dataset.draft)) ?? "null");

/** A page whose script adds fields to a form calls it again for those. */
export function restore(form) {
  const kept = draftOf(form);
  if (!kept) return;
  const before = shown(form);
  const values = new Map();
  for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || VALUELESS.has(field.type)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.get(field.name)?.includes(field.value) ?? false;
    else if (values.has(field.name)) field.value = values.get(field.name).shift() ?? "";
  }
  if (!("free" in form.dataset) && shown(form) !== before) tell(form, kept.at);
}

const shown = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** That the form is not empty or not as the records have it, since when, and the way to begin anew. */
function tell(form, at) {
  const notice = document.getElementById("draft-kept").content.firstElementChild.cloneNode(true);
  const [, month, day, hours, minutes] = new Date(at + VIETNAM).toISOString().split(/[-T:]/);
  const said = notice.querySelector("[data-said]");
  said.textContent = said.dataset.said.replace("{at}", `${hours}:${minutes} ${day}/${month}`);
  notice.querySelector("button").addEventListener("click", () => {
    dropDraft(form.dataset.draft);
    forget(form);
    location.reload();
  });
  form.querySelector("[data-draft-notice]")?.remove();
  form.prepend(notice);
}

/** Call when the form was accepted; the server's answer does it by its cookie. */
export function dropDraft(name) {
  localStorage.removeItem(place(name));
}

function dropAccepted() {
  const [, name] = DONE.exec(document.cookie) ?? [];
  if (!name) return;
  dropDraft(decodeURIComponent(name));
  document.cookie = "draft-done=; Max-Age=0; Path=/; SameSite=Strict";
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
document.addEventListener("input", ({ target }) => target.form?.dataset.draft && saveOnce(target.form));
document.addEventListener("formdata", ({ target, formData }) => target.dataset.draft && formData.set(FIELD, target.dataset.draft));
dropAccepted();
dropOld();
document.querySelectorAll("form[data-draft]").forEach(restore);
