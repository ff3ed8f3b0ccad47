import { Graphic } from "./graphic.mjs";

const MOST = 6;

export default class ScoreBar extends Graphic {
  get away() { return "translateY(-120%)"; }

  get style_() {
    return `.plate { left: 5vw; top: 5vh; max-width: 90vw; display: flex; gap: .4vw; padding-right: 2vw; } .plate[hidden] { display: none; }
      p { padding: .9vh 1.2vw; font-size: 1.6vw; white-space: nowrap; } .score { background: #d9a52b; color: #1a1200; font-weight: 800; }`;
  }

  lines({ rows = [] }) { return rows.slice(0, MOST).flatMap(({ name, score }) => [["name", name], ["score", String(score)]]); }
}
