// Registers the service worker; says that a page is an old copy; drops what the phone kept when somebody signs out.
import { say } from "./shared.js";

const banner = document.getElementById("stale");

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

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-sign-out]")) return;
  navigator.serviceWorker?.controller?.postMessage({ kind: "forget" });
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith("phoihop."))) localStorage.removeItem(key);
});
