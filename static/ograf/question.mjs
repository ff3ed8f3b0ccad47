// Two steps: the question alone, then with its options.
import { Graphic } from "./graphic.mjs";

export default class Question extends Graphic {
  get steps() { return 2; }
  get away() { return "translateY(40%)"; }

  get style_() {
    return `.plate { left: 5vw; right: 5vw; bottom: 5vh; padding: 2vh 4vw 2vh 2vw; display: grid; grid-template-columns: 1fr 1fr; gap: 1vh 2vw; }
      .plate[hidden] { display: none; } .text { grid-column: 1 / -1; font-size: 2.6vw; font-weight: 700; line-height: 1.2; }
      .option { font-size: 1.8vw; padding: .8vh 1.2vw; background: #061a55; }`;
  }

  lines({ text = "", options = [] }, step) {
    const shown = step > 0 ? options.map((one, at) => ["option", `${String.fromCharCode(65 + at)}. ${one}`]) : [];
    return [["text", text], ...shown];
  }
}
