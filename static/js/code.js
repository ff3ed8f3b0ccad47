// The page that shows a code: goes on by itself once the other phone has opened it.
const shown = document.querySelector("[data-state]");
const look = async () => {
  try {
    const said = await (await fetch(shown.dataset.state, { headers: { Accept: "application/json" } })).json();
    if (said.state && said.state !== shown.dataset.was) { location.reload(); return; }
  } catch { /* the network is away: look again later */ }
  setTimeout(look, document.hidden ? 15000 : 3000);
};
if (shown) setTimeout(look, 3000);
