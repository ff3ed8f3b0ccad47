// Keeps pages for the field on this phone, so that one that was closed opens again without a network (HTTPS only: a
// browser allows a worker nowhere else). A page names itself and its files; nothing of anybody's list is kept.
const CACHE = "field-1";

async function keep({ page, kept, files }) {
  const cache = await caches.open(CACHE);
  const reply = await fetch(kept, { credentials: "same-origin", redirect: "manual" });
  if (reply.ok) await cache.put(page, reply);
  const build = new URL(files[0] ?? "/", location.origin).pathname.split("/")[2];
  for (const one of await cache.keys()) {
    const parts = new URL(one.url).pathname.split("/");
    if (parts[1] === "static" && parts[2] !== build) await cache.delete(one);
  }
  for (const file of files) if (!(await cache.match(file))) await cache.add(file).catch(() => {});
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data?.kept) event.waitUntil(keep(event.data));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await caches.match(path)) ?? Response.error()));
  else if (path.startsWith("/static/")) event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
});
