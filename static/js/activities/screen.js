// The organiser's screen: asks for the next code when the one shown is over. Without network the old one goes dark.
const box = document.querySelector("[data-code]");
const picture = box.querySelector("[data-qr]"), here = box.querySelector("[data-here]"), away = box.querySelector("[data-away]");
const look = async () => {
  let wait = 2000;
  try {
    const reply = await fetch(box.dataset.code, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!reply.ok) throw new Error(String(reply.status));
    const said = await reply.json();
    picture.replaceChildren(new DOMParser().parseFromString(said.qr, "text/html").body.firstChild);
    picture.dataset.address = said.address;
    here.textContent = said.here.toLocaleString(document.documentElement.lang);
    wait = Math.max(500, said.next_ms + 100);
    away.hidden = true;
  } catch {
    picture.replaceChildren();
    away.hidden = false;
  }
  setTimeout(look, wait);
};
look();
navigator.wakeLock?.request("screen").catch(() => {});
