// Brings one winner after the other on: buttons, space, arrows. Nothing is loaded meanwhile, so a lost network stops no ceremony.
const steps = [...document.querySelectorAll("[data-step]")];
let now = 0;

function show(step) {
  now = Math.max(0, Math.min(step, steps.length - 1));
  steps.forEach((one, at) => { one.hidden = at !== now; });
  document.querySelector("[data-count]").textContent = now > 0 && now < steps.length - 1 ? `${now} / ${steps.length - 2}` : "";
}

document.querySelector("[data-next]").addEventListener("click", () => show(now + 1));
document.querySelector("[data-back]").addEventListener("click", () => show(now - 1));
document.addEventListener("keydown", (event) => {
  if (event.target instanceof HTMLButtonElement && event.key === " ") return;
  if ([" ", "ArrowRight", "PageDown", "Enter"].includes(event.key) && !(event.target instanceof HTMLButtonElement)) show(now + 1);
  else if (["ArrowLeft", "PageUp"].includes(event.key)) show(now - 1);
});
show(0);
