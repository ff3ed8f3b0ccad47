// Rows that change place glide there: First, Last, Invert, Play with the Web Animations API. A row that was not there
// before says by data-flip how many places it has climbed, and glides from where it would have stood. Numbers with
// data-from count up to what they are, after their row has arrived.
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
  for (const one of rows) {
    const now = one.getBoundingClientRect();
    const old = before.get(one.id);
    const [x, y] = old ? [old.left - now.left, old.top - now.top] : [0, climbed(one, rows, now)];
    if (Math.abs(x) + Math.abs(y) < 2) continue;
    const from = { transform: `translate(${x}px, ${y}px)`, zIndex: y > 0 ? 2 : 1 };
    one.animate([from, { transform: "none", zIndex: from.zIndex }], { duration: LASTS_MS, delay: old ? 0 : HOLDS_MS, easing: EASING, fill: "backwards" });
  }
  if (rows.some((one) => !before.has(one.id))) for (const one of root.querySelectorAll("[data-from]")) count(one);
}

// how far below its place a row stood when it had climbed so many places
function climbed(one, rows, now) {
  const move = Number(one.dataset.flip) || 0;
  return move * (rows.length > 1 ? rows[1].getBoundingClientRect().top - rows[0].getBoundingClientRect().top : now.height);
}

function count(one) {
  const [from, to] = [Number(one.dataset.from), Number(one.dataset.count)];
  const last = one.textContent;
  if (!Number.isFinite(from) || from === to) return;
  const began = performance.now() + HOLDS_MS;
  const draw = (now) => {
    const part = Math.min(1, Math.max(0, now - began) / COUNTS_MS);
    if (!one.isConnected || part === 1) { one.textContent = last; return; }
    one.textContent = Math.round(from + (to - from) * (1 - (1 - part) ** 3)).toLocaleString(document.documentElement.lang);
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
}
