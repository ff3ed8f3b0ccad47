// Pages of a taught person. What stands behind # never leaves in an address: it is sent once, in the body of a request.
// On a weak network everything is sent again until it arrives; the server does it once.
const start = document.querySelector("[data-start]");
const net = document.querySelector(".net");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function send(address, options) {
  for (let wait = 1000; ; wait = Math.min(wait * 2, 8000)) {
    const slow = setTimeout(() => { net.hidden = false; }, 3000);
    try {
      const reply = await fetch(address, { ...options, redirect: "follow", signal: AbortSignal.timeout?.(20000) });
      if (reply.status < 500) { net.hidden = true; return reply; }
    } catch { /* the network is away, or carries nothing */ } finally { clearTimeout(slow); }
    net.hidden = false;
    await pause(wait);
  }
}

function tell(words) {
  const said = start.querySelector(".error");
  said.textContent = words;
  said.hidden = false;
  start.querySelector("[data-wait]").hidden = true;
}

async function open(code, year) {
  const reply = await send("/t/open", {
    method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": start.dataset.csrf },
    body: JSON.stringify(year ? { code, year } : { code }),
  });
  const said = await reply.json();
  if (said.ask === "year") {
    start.querySelector("[data-wait]").hidden = true;
    start.querySelector("form").hidden = false;
    start.querySelector("input").focus();
  } else if (said.to) {
    location.replace(said.to + (code.startsWith("k.") ? "#" + code : ""));
    if (said.to === location.pathname) location.reload();
  } else tell(said.message || "");
}

if (start) {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) tell(start.dataset.none);
  else open(code);
  start.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    open(code, Number(start.querySelector("input").value) || 0);
  });
}

const kept = document.querySelector("[data-keep]");
if (kept && location.hash !== "#" + kept.dataset.keep) history.replaceState(null, "", "#" + kept.dataset.keep);

document.addEventListener("click", (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(location.href).then(() => { copy.textContent = copy.dataset.copy; });
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || form.closest("[data-start]")) return;
  event.preventDefault();
  const button = event.submitter, body = new URLSearchParams(new FormData(form, button));
  if (button) button.disabled = true;
  const reply = await send(form.action, { method: "POST", body });
  if (reply.redirected) { location.replace(reply.url); return; }
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  scrollTo(0, 0);
  (document.querySelector(".error") || document.querySelector("h1"))?.focus?.();
});
