// No empty frame between two screens: what goes fades under what comes, which moves in over it.
const LASTS_MS = 450;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// which picture it is: the parts of one question are one picture
export const sceneOf = (screen) => [...screen.querySelectorAll(":scope > section")].map((one) => `${one.id}/${one.dataset.state ?? ""}`).join(" ");

export function copyOf(screen) {
  if (still() || !screen.firstElementChild) return null;
  const copy = document.createElement("div");
  copy.className = "leaving";
  copy.setAttribute("aria-hidden", "true");
  for (const one of screen.querySelectorAll(":scope > section")) copy.append(one.cloneNode(true));
  for (const one of copy.querySelectorAll("[id], time-left, .flood")) if (one.matches("time-left, .flood")) one.remove(); else one.removeAttribute("id");
  return copy;
}

export function leave(screen, copy) {
  for (const one of screen.parentElement.querySelectorAll(".leaving")) one.remove();
  if (!copy) return;
  screen.before(copy);
  setTimeout(() => copy.remove(), LASTS_MS);
}
