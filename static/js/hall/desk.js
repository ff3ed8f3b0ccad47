// Puts what the server has seen meanwhile in place of what stands here, every few seconds, while somebody looks.
const EVERY_MS = 3_000;

async function look() {
  const reply = await fetch(location.href, { cache: "no-store" });
  if (!reply.ok) return;
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
  for (const part of document.querySelectorAll("[data-seen]")) {
    const now = fresh.querySelector(`[data-seen="${part.dataset.seen}"]`);
    if (now && !part.isEqualNode(now)) part.replaceChildren(...now.childNodes);
  }
}

async function watch() {
  if (document.visibilityState === "visible") await look().catch(() => {}); // nobody answers just now
  setTimeout(watch, EVERY_MS);
}

setTimeout(watch, EVERY_MS);
