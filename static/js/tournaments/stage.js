// Looks every ten seconds whether a match has ended. Without network what is shown stays.
const EVERY_MS = 10_000, LEAST = 0.4, STEP = 0.05;

/** The largest letters with which everything stands on one screen. */
function fit() {
  for (let k = 1.2; k >= LEAST; k -= STEP) {
    document.body.style.setProperty("--k", k);
    if (document.documentElement.scrollHeight <= innerHeight) return;
  }
}

async function look() {
  try {
    const reply = await fetch(location.href, { cache: "no-store" });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const [now, news] = [document, page].map((one) => one.querySelector("[data-news]"));
    if (news && !now.isEqualNode(news)) {
      now.replaceChildren(...news.childNodes);
      fit();
    }
  } catch {
    // The next look comes by itself.
  }
}

setInterval(look, EVERY_MS);
addEventListener("resize", fit);
document.fonts.ready.then(fit);
