// Measures the way to the server and back, a few times, and says each time how long the last one took.
const card = document.querySelector("[data-ping]");
const TIMES = 12, BETWEEN_MS = 400, PATIENCE_MS = 5_000;
const taken = [];

async function once() {
  const last = taken.at(-1);
  const began = performance.now();
  try {
    await fetch(`${card.dataset.ping}?n=${taken.length}${last === undefined ? "" : `&ms=${last}`}`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    taken.push(Math.round(performance.now() - began));
    return true;
  } catch { return false; }
}

function show(well) {
  const middle = taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)];
  if (middle !== undefined) card.querySelector("[data-said]").textContent = `${middle} ms`;
  const state = !well ? "lost" : middle > Number(card.dataset.good) ? "slow" : "well";
  for (const one of ["lost", "slow", "well"]) card.querySelector(`[data-${one}]`).hidden = one !== state;
}

for (let turn = 0; turn < TIMES; turn += 1) {
  show(await once());
  await new Promise((done) => { setTimeout(done, BETWEEN_MS); });
}
