// What is recorded without a network waits in this browser and is sent when there is one. <form data-outbox="its title">
// Each entry has a key of its own: sent twice it is done once (web/once.py). Entries belong to the post that made them.
import { dropDraft, forget, say, toast } from "./shared.js";

const NAME = "phoihop",
  STORE = "outbox",
  AGAIN = 20_000,
  KEEP_SENT = 86_400_000,
  LATER = new Set([429, 502, 503, 504]); // too many at once, or the node busy or away for a moment: nothing was done, and nobody refused it
export const WAITING = "waiting",
  SENDING = "sending",
  SENT = "sent",
  REVIEW = "review";

function store(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const done = opening.result.transaction(STORE, mode);
      const asked = work(done.objectStore(STORE));
      done.oncomplete = () => resolve(asked.result);
      done.onerror = () => reject(done.error);
    };
  });
}

export const entries = () => store("readonly", (all) => all.getAll());
const put = (entry) =>
  store("readwrite", (all) => all.put(entry))
    .then(changed)
    .then(() => entry);
export const drop = (key) => store("readwrite", (all) => all.delete(key)).then(changed);

/** Tell the page; it may show the queue (js/outbox-page.js). */
async function changed() {
  const all = await entries();
  const waiting = all.filter((entry) => entry.state !== SENT);
  localStorage.setItem("phoihop.outbox", String(waiting.length));
  const bar = document.getElementById("outbox-state");
  if (bar) {
    bar.hidden = !waiting.length;
    bar.querySelector("[data-said]").textContent = say("waiting", { n: waiting.length });
  }
  document.dispatchEvent(new CustomEvent("tt:outbox", { detail: { entries: all } }));
}

/** Pages that are not served by https have no randomUUID. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function entryOf(form, submitter) {
  const fields = [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "key");
  const { outbox, outboxNext = "/hang-doi/", draft = "" } = form.dataset;
  return { key: newKey(), url: form.action, page: location.pathname, title: outbox, next: outboxNext, draft, fields, at: Date.now(), state: WAITING };
}

/** Who is signed in, and the token for a form; null without a network. */
async function state() {
  try {
    const answer = await fetch("/phien/", { cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** One try. What became of the entry: sent (and where to go on to), to be looked at by its writer, or still waiting. */
async function send(entry, session) {
  await put({ ...entry, state: SENDING });
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  try {
    const answer = await fetch(entry.url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": session.token, "Idempotency-Key": entry.key },
      redirect: "manual",
    });
    const said = answer.ok && answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (!said?.done) return await put({ ...entry, state: LATER.has(answer.status) ? WAITING : REVIEW });
    if (entry.draft) dropDraft(entry.draft);
    return await put({ ...entry, fields: [], state: SENT, sentAt: Date.now(), next: said.location });
  } catch {
    return put({ ...entry, state: WAITING });
  }
}

let flushing = null;

/** Send everything that waits, oldest first; stops at the first that the network or the node does not take now. */
export function flush() {
  flushing ??= work().finally(() => (flushing = null));
  return flushing;
}

async function work() {
  const all = (await entries()).sort((a, b) => a.at - b.at);
  for (const old of all.filter((entry) => entry.state === SENT && Date.now() - entry.sentAt > KEEP_SENT)) await drop(old.key);
  const waiting = all.filter((entry) => entry.state === WAITING || entry.state === SENDING);
  const session = waiting.length ? await state() : null;
  if (!session?.signed_in) return changed();
  for (const entry of waiting) {
    const mine = entry.post === undefined || entry.post === session.post;
    if (mine && (await send(entry, session)).state === WAITING) break;
  }
  return changed();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-outbox]") || !form.reportValidity()) return;
  event.preventDefault();
  forget(form);
  const session = await state();
  const entry = { ...entryOf(form, event.submitter), post: session?.post ?? (Number(document.body.dataset.post) || undefined) };
  await put(entry);
  const now = session?.signed_in ? await send(entry, session) : entry;
  if (now.state === SENT) return location.assign(now.next);
  if (now.state === REVIEW) return refused(form, entry, event.submitter);
  await stay(form, entry);
});

/** Without a network: on to the queue if this browser holds its page, else here, with an empty form. */
async function stay(form, entry) {
  const there = "caches" in window && (await caches.match(entry.next, { ignoreSearch: true }));
  if (there) return location.assign(entry.next);
  form.reset();
  toast({ text: say("kept"), kind: "ok" });
}

/** The rules refused it: let the page itself show why, as without an outbox. */
async function refused(form, entry, submitter) {
  await drop(entry.key);
  form.removeAttribute("data-outbox");
  form.requestSubmit(submitter);
}

addEventListener("online", flush);
setInterval(() => document.hidden || flush(), AGAIN);
flush();
