// The phone's first screen without a network. web/files.py writes the line before this one: const SHELL = [addresses].
// Kept are the frame's files, and the last copy of pages that say so (X-Phoihop-Keep). All of it goes when somebody signs out.
const FILES = "files-1";
const PAGES = "pages-1";
const copies = new Map();

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(FILES)
      .then((cache) => cache.addAll(SHELL))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOldFiles(), self.registration.navigationPreload?.enable()]).then(() => self.clients.claim()));
});

async function dropOldFiles() {
  const cache = await caches.open(FILES);
  for (const request of await cache.keys()) if (!SHELL.includes(new URL(request.url).pathname)) await cache.delete(request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event.request));
});

/** A name with a digest never changes: the kept copy is as good. Any other is asked for, the copy being a way out. */
async function file(request) {
  const kept = await caches.match(request);
  const named = /\.[0-9a-f]{12}\./.test(new URL(request.url).pathname);
  if (kept && named) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok && named) (await caches.open(FILES)).put(request, answer.clone());
    return answer;
  } catch (failure) {
    if (kept) return kept;
    throw failure;
  }
}

/**
 * The network first; without it the last copy, if the page allows one. Copies belong to one post: another drops them.
 * Nobody waits for this worker: the browser asks while it wakes up (preloadResponse), and the copy is put away behind the answer.
 */
async function page(request, event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(request));
    if (answer.ok && answer.headers.has("X-Phoihop-Keep")) event.waitUntil(keep(request, answer.clone()));
    return answer;
  } catch (failure) {
    const kept = await (await caches.open(PAGES)).match(request.url, { ignoreSearch: true });
    if (!kept) throw failure;
    copies.set(new URL(request.url).pathname, new Date(kept.headers.get("Date")));
    return kept;
  }
}

async function keep(request, answer) {
  const cache = await caches.open(PAGES);
  for (const other of await cache.keys()) {
    const owner = (await cache.match(other)).headers.get("X-Phoihop-Keep");
    if (owner !== answer.headers.get("X-Phoihop-Keep")) await cache.delete(other);
  }
  await cache.put(request.url, answer);
}

self.addEventListener("message", (event) => {
  if (event.data.kind === "forget") event.waitUntil(caches.delete(PAGES));
  if (event.data.kind === "keep") event.waitUntil(page(new Request(event.data.url), event).catch(() => {}));
  const at = event.data.kind === "shown" && copies.get(event.data.url);
  if (!at) return;
  copies.delete(event.data.url);
  event.source.postMessage({ kind: "stale", at: at.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }) });
});
