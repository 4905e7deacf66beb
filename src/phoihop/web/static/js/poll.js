// Parts that keep themselves fresh: <div data-poll hx-get="…" hx-trigger="tt:poll">. Every 60 s while visible; after the
// tab comes back, every 3 s at most 20 times. The last ETag goes along, so that nothing is swapped when nothing changed.
const SLOW = 60_000,
  QUICK = 3_000,
  QUICK_TIMES = 20;
const tags = new Map();
let quickLeft = 0;
let last = Date.now();

function poll() {
  last = Date.now();
  for (const element of document.querySelectorAll("[data-poll]")) element.dispatchEvent(new CustomEvent("tt:poll"));
}

setInterval(() => {
  if (document.hidden) return;
  if (quickLeft > 0) quickLeft -= 1;
  else if (Date.now() - last < SLOW) return;
  poll();
}, QUICK);

document.addEventListener("visibilitychange", () => {
  quickLeft = document.hidden ? 0 : QUICK_TIMES;
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const tag = detail.elt.hasAttribute("data-poll") && tags.get(detail.path);
  if (tag) detail.headers["If-None-Match"] = tag;
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const tag = detail.elt.hasAttribute("data-poll") && detail.xhr.getResponseHeader("ETag");
  if (tag) tags.set(detail.pathInfo.requestPath, tag);
});
