// Keeps the screen lit during a show, where the browser allows it (secure pages only).
export function keepAwake() {
  const ask = () => { if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {}); };
  ask();
  document.addEventListener("visibilitychange", ask);
}
