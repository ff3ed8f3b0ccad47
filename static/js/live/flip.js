// Rows that change place glide there: First, Last, Invert, Play with the Web Animations API.
const LASTS_MS = 900;

export function remember(root) {
  return new Map([...root.querySelectorAll("[data-flip][id]")].map((one) => [one.id, one.getBoundingClientRect()]));
}

export function glide(root, before) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const one of root.querySelectorAll("[data-flip][id]")) {
    const old = before.get(one.id);
    if (!old) continue;
    const now = one.getBoundingClientRect();
    const [x, y] = [old.left - now.left, old.top - now.top];
    if (Math.abs(x) + Math.abs(y) > 1) one.animate([{ transform: `translate(${x}px, ${y}px)`, zIndex: 2 }, { transform: "none", zIndex: 2 }], { duration: LASTS_MS, easing: "cubic-bezier(.2, .8, .2, 1)" });
  }
}
