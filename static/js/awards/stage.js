// Brings the winners on: buttons, space, arrows, a clicker. Those who come on together are taken in beforehand, one step after
// the other; nothing else is loaded meanwhile, so a lost network stops no ceremony.
import { celebrate } from "../live/confetti.js";
import { fit } from "../live/fit.js";

const AGAIN_MS = 2_000;
const steps = [...document.querySelectorAll("[data-step]")];
let now = -1, celebrated = false;

function show(step) {
  const next = Math.max(0, Math.min(step, steps.length - 1));
  if (next === now) return;
  now = next;
  steps.forEach((one, at) => { one.hidden = at !== now; });
  document.querySelector("[data-count]").textContent = now > 0 && now < steps.length - 1 ? `${now} / ${steps.length - 2}` : "";
  fit(steps[now]);
  const party = now >= steps.length - 2;
  if (party && !celebrated) celebrate(document.querySelector(".confetti"));
  celebrated = party;
}

async function takeIn(one) {
  try {
    const reply = await fetch(one.dataset.from);
    if (reply.status === 404) return true; // fewer than there were: somebody's document was revoked
    if (!reply.ok) return false;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    one.replaceChildren(...page.body.childNodes);
    if (!one.hidden) fit(one);
    return true;
  } catch {
    return false; // nobody answers just now
  }
}

async function takeAllIn() {
  for (const one of steps.filter((each) => each.dataset.from)) {
    while (!await takeIn(one)) await new Promise((done) => { setTimeout(done, AGAIN_MS); });
  }
}

document.querySelector("[data-next]").addEventListener("click", () => show(now + 1));
document.querySelector("[data-back]").addEventListener("click", () => show(now - 1));
document.addEventListener("keydown", (event) => {
  const onButton = event.target instanceof HTMLButtonElement && [" ", "Enter"].includes(event.key);
  if (onButton || event.repeat) return;
  if ([" ", "ArrowRight", "ArrowDown", "PageDown", "Enter"].includes(event.key)) show(now + 1);
  else if (["ArrowLeft", "ArrowUp", "PageUp"].includes(event.key)) show(now - 1);
  else if (event.key === "Home") show(0);
  else return;
  event.preventDefault();
});
function fitAll() {
  fit(document.querySelector("header"));
  fit(steps[now]);
}

addEventListener("resize", fitAll);
document.fonts.ready.then(fitAll);
show(0);
takeAllIn();
