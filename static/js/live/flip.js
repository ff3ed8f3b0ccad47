// Rows that change place glide there: First, Last, Invert, Play with the Web Animations API. A list that was not there
// before starts in its old order where its rows say by data-move how many ranks they have climbed (order.js). Numbers
// with data-from count up to their data-count while the rows glide.
import { shown } from "./fill.js";
import { oldSlots } from "./order.js";

const LASTS_MS = 950;
const HOLDS_MS = 700;
const COUNTS_MS = 900;
const EASING = "cubic-bezier(.7, 0, .2, 1)";

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function remember(root) {
  return new Map([...root.querySelectorAll("[data-flip][id]")].map((one) => [one.id, one.getBoundingClientRect()]));
}

export function glide(root, before) {
  if (still()) return;
  const rows = [...root.querySelectorAll("[data-flip][id]")];
  const fresh = rows.filter((one) => !before.has(one.id) && one.dataset.move !== undefined);
  for (const one of rows.filter((row) => before.has(row.id))) {
    const [old, now] = [before.get(one.id), one.getBoundingClientRect()];
    move(one, old.left - now.left, old.top - now.top, 0);
  }
  if (!fresh.length || fresh.length < rows.length) return;
  const tops = fresh.map((one) => one.getBoundingClientRect().top);
  const slots = oldSlots(fresh.map((one) => one.dataset).map(({ rank, move, score, gain }) => ({ rank: +rank, move: +move, score: +score, gain: +gain })));
  for (const [at, one] of fresh.entries()) move(one, 0, tops[slots[at]] - tops[at], HOLDS_MS);
  for (const one of root.querySelectorAll("[data-from]")) count(one);
}

function move(one, x, y, delay) {
  if (Math.abs(x) + Math.abs(y) < 2) return;
  one.style.zIndex = y > 0 ? 2 : 1; // climbers glide over the others; as a part of the move it would keep it off the compositor
  const moving = one.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: LASTS_MS, delay, easing: EASING, fill: "backwards" });
  const lands = () => { one.style.zIndex = ""; };
  moving.finished.then(lands, lands);
}

// what it counts to is read each time: a correction may come meanwhile
function count(one) {
  if (one.dataset.from === one.dataset.count) return;
  const began = performance.now() + HOLDS_MS;
  const draw = (now) => {
    const [from, to] = [Number(one.dataset.from), Number(one.dataset.count)];
    const part = Math.min(1, Math.max(0, now - began) / COUNTS_MS);
    one.textContent = shown(part === 1 ? to : part === 0 ? from : Math.round(from + (to - from) * (1 - (1 - part) ** 3)));
    if (one.isConnected && part < 1) requestAnimationFrame(draw);
  };
  draw(performance.now());
}
