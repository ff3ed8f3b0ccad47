// A page that is to open again without a network: `keptOnPhone("/deeds", "/deeds?field=1")`. Its files are those it has loaded.
export async function keptOnPhone(page, kept = page) {
  if (!isSecureContext || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/worker.js", { scope: page });
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
    active.postMessage({ page, kept, files: [...new Set(files)] });
  } catch { /* this browser keeps no pages: it must stay open, as it says */ }
}
