// A milestone that was just passed is celebrated once in each window; the words stay for some days.
import { celebrate } from "./live/confetti.js";

const told = document.querySelector("[data-celebrate]"), canvas = document.querySelector("canvas");
if (told && canvas) {
  const key = "milestone-" + told.dataset.celebrate;
  if (!sessionStorage.getItem(key)) celebrate(canvas);
  sessionStorage.setItem(key, "1");
}
