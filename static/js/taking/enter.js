// The start form: names this device, so that many people on one device can be seen; begins once. Before the opening the
// page counts down on the server's clock and opens by itself: nobody has to reload, 20,000 would do it at once.
import "../live/time-left.js";
import { clock } from "../live/clock.js";
import { meta, device } from "../live/store.js";
import { opens } from "./opening.js";

clock.sample(Number(meta("now")) / 1e6);
const waits = document.querySelector("[data-opens]");
if (waits) opens(waits, { now: () => clock.now(), opened() {
  waits.hidden = false;
  for (const one of document.querySelectorAll("[data-waits]")) one.hidden = true;
} });

for (const form of document.querySelectorAll("[data-start]")) {
  const field = form.querySelector("[name=device]");
  if (field) field.value = device();
  form.addEventListener("submit", () => setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; }));
}
addEventListener("pageshow", () => { for (const button of document.querySelectorAll("[data-start] button")) button.disabled = false; });
