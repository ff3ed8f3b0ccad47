// The number that is to be guessed: whole, saved like an answer.
import { PREDICTION } from "./answers.js";

const TYPED_MS = 700;

export function predict(article, answers, draw) {
  const field = article.querySelector("[data-predicted]");
  const error = article.querySelector("[data-predict-error]");
  const lang = document.documentElement.lang;
  let timer = 0;

  function settle() {
    clearTimeout(timer);
    timer = 0;
    const typed = field.value.replace(/[\s.,\u00a0]/g, "");
    const wrong = typed !== "" && !/^\d{1,9}$/.test(typed);
    error.hidden = !wrong;
    field.setAttribute("aria-invalid", wrong);
    const choice = typed === "" || wrong ? null : Number(typed);
    if (choice !== answers.choice(PREDICTION)) answers.put(PREDICTION, choice);
    draw();
  }

  error.id = "predict-error";
  field.setAttribute("aria-describedby", error.id);
  const known = answers.choice(PREDICTION);
  if (known !== null) field.value = Number(known).toLocaleString(lang);
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(settle, TYPED_MS); });
  field.addEventListener("change", settle);
  return { shut() { if (timer) settle(); field.disabled = true; } };
}
