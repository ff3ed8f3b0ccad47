// A milestone that was just passed is celebrated once in each window; the words stay for some days. The screen of a hall
// comes anew by itself, without a reload, so that nothing flickers and a network that is away changes nothing.
import { celebrate } from "./live/confetti.js";

function look() {
  const told = document.querySelector("[data-celebrate]"), canvas = document.querySelector("canvas");
  if (!told || !canvas) return;
  const key = "milestone-" + told.dataset.celebrate;
  if (!sessionStorage.getItem(key)) celebrate(canvas);
  sessionStorage.setItem(key, "1");
}

async function renew() {
  try {
    const reply = await fetch(location.href);
    const page = new DOMParser().parseFromString(reply.ok ? await reply.text() : "", "text/html").querySelector("[data-renew]");
    if (page) { document.querySelector("[data-renew]").replaceWith(page); look(); }
  } catch { /* the network is away: again in a minute */ }
  setTimeout(renew, seconds * 1000);
}

const seconds = Number(document.querySelector("[data-renew]")?.dataset.renew);
look();
if (seconds) setTimeout(renew, seconds * 1000);
