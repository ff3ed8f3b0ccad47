// A page whose content is still being made: asks quietly whether it is there, says so, and loads it once. Nothing moves
// meanwhile, so that nobody loses the place they read at.
const card = document.querySelector("[data-soon]");

async function isThere() {
  try {
    const reply = await fetch(location.href, { headers: { Accept: "application/json" } });
    return reply.ok && (await reply.json()).ready;
  } catch {
    return false; // nobody answers just now
  }
}

async function look() {
  if (await isThere()) {
    card.querySelector("p").textContent = card.dataset.there;
    location.reload();
  } else setTimeout(look, 1000 * card.dataset.soon);
}

if (card) setTimeout(look, 1000 * card.dataset.soon);
