// Shows a verdict that the host has said aloud: once in full screen to the person it is about, as a line to all others.
const LASTS_MS = 3_200;
const seen = new Set();

export function tellVerdicts(screen, mine) {
  for (const one of screen.querySelectorAll("[data-of-seat]")) {
    const fresh = Number(one.dataset.ofSeat) === mine && !seen.has(one.dataset.once);
    if (fresh) setTimeout(() => { seen.add(one.dataset.once); if (one.isConnected) one.hidden = true; }, LASTS_MS);
    one.hidden = !fresh;
  }
  for (const one of screen.querySelectorAll("[data-of-others]")) one.hidden = Number(one.dataset.ofOthers) === mine;
}
