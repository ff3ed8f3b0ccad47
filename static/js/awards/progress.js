// Moves the bar of a batch that is being printed, and loads the page again when it is done.
const card = document.querySelector("[data-progress]");

async function look() {
  const answer = await fetch(card.dataset.progress, { headers: { Accept: "application/json" } });
  if (answer.ok) {
    const { printed, count } = await answer.json();
    card.querySelector("[data-printed]").textContent = printed;
    card.querySelector("meter").value = printed;
    if (printed >= count) return location.reload();
  }
  setTimeout(look, 1500);
}

if (card) setTimeout(look, 1000);
