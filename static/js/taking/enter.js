// The start form: names this device, so that many people on one device can be seen; begins once.
import { device } from "../live/store.js";

for (const form of document.querySelectorAll("[data-start]")) {
  const field = form.querySelector("[name=device]");
  if (field) field.value = device();
  form.addEventListener("submit", () => setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; }));
}
addEventListener("pageshow", () => { for (const button of document.querySelectorAll("[data-start] button")) button.disabled = false; });
