import { Graphic } from "./graphic.mjs";

export default class LowerThird extends Graphic {
  get style_() {
    return `.plate { left: 5vw; bottom: 5vh; max-width: 70vw; padding: 1.4vh 4vw 1.4vh 1.6vw; }
      .name { font-size: 2.9vw; font-weight: 800; line-height: 1.1; } .about { font-size: 1.7vw; line-height: 1.2; }`;
  }

  lines({ name = "", about = "" }) { return [["name", name], ...(about ? [["about", about]] : [])]; }
}
