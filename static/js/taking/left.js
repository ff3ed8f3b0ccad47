// What is still to be done before handing in, in words. Questions and the number to guess are different things: a missing
// guess is no unanswered question.
import { PREDICTION } from "./answers.js";

export function whatIsLeft(missing, say) {
  const questions = missing.filter((place) => place !== PREDICTION).length;
  const guess = missing.includes(PREDICTION) ? say("unguessed") : "";
  return [questions ? say("unanswered", { n: questions }) : guess ? "" : say("all_answered"), guess].filter(Boolean).join(" ");
}
