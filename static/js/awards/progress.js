// Moves the bar of a batch that is being printed, and loads the page again when it is done. A server that restarts or a
// network that is lost meanwhile only lets it wait: printing goes on where it stood, and so does the bar.
const card = document.querySelector("[data-progress]");

async function look() {
  const reply = await fetch(card.dataset.progress, { headers: { Accept: "application/json" } });
  if (!reply.ok) return;
  const { printed, count } = await reply.json();
  card.querySelector("[data-printed]").textContent = printed;
  card.querySelector("meter").value = printed;
  if (printed >= count) location.reload();
}

async function watch() {
  try {
    await look();
  } catch {
    // nobody answers just now
  }
  setTimeout(watch, 1500);
}

if (card) setTimeout(watch, 1000);
