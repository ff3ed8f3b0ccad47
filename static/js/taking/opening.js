// What waits for a moment on the server's clock. A sleeping phone's timers wake late, so it is looked at every second.
const EVERY_MS = 1_000;

export function opens(element, { now, opened, timer = (run, wait) => setTimeout(run, wait) }) {
  const at = Number(element.dataset.opens) / 1000;
  const look = () => (now() >= at ? opened() : timer(look, Math.max(20, Math.min(EVERY_MS, at - now()))));
  look();
}
