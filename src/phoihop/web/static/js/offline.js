// Registers the service worker; says that a page is an old copy; drops what the browser kept when somebody signs out.
import { say } from "./shared.js";

const KEPT = "phoihop.";
const WAITING = "phoihop.outbox"; // how many entries wait in the browser's own database: they stay, and are sent when their writer is back
const ACTING = "phoihop.acting";
const banner = document.getElementById("stale");
const acting = document.body.dataset.post ?? "";

function tell(sentence) {
  if (!banner) return;
  banner.querySelector("[data-said]").textContent = sentence;
  banner.hidden = false;
}

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kind === "stale") tell(say("stale", { at: data.at }));
  });
  navigator.serviceWorker.ready.then(({ active }) => {
    active?.postMessage({ kind: "shown", url: location.pathname });
    for (const form of document.querySelectorAll("form[data-outbox]")) active?.postMessage({ kind: "keep", url: form.dataset.outboxNext ?? "/hang-doi/" });
  });
}

window.addEventListener("offline", () => tell(say("offline")));
document.addEventListener("tt:offline", () => tell(say("offline")));
window.addEventListener("online", () => banner && (banner.hidden = true));

// The button back brings a page as it stood in memory: never to who signed in after its reader.
localStorage.setItem(ACTING, acting);
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted || (localStorage.getItem(ACTING) ?? "") === acting) return;
  document.documentElement.hidden = true;
  location.reload();
});

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-sign-out]")) return;
  navigator.serviceWorker?.controller?.postMessage({ kind: "forget" });
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(KEPT) && name !== WAITING)) localStorage.removeItem(key);
});
