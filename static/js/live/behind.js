// How far a show is behind its running order, on server time:
//   <p data-order='{"begun_at", "from_us", "to_us"}' data-behind="... {t}" data-ahead="... {t}" data-on-time="..."></p>
import { clock } from "./clock.js";

const EVERY_MS = 1_000;

// less than 0: ahead. All in milliseconds; the rest as quizzes/show/running_order.py says it, in microseconds
export function behindMs({ begun_at: begun, from_us: from, to_us: to }, now) {
  const gone = now - begun / 1000;
  return gone > to / 1000 ? gone - to / 1000 : Math.min(0, gone - from / 1000);
}

export const minutes = (ms) => {
  const s = Math.round(Math.abs(ms) / 1000), m = Math.floor(s / 60), two = (n) => String(n).padStart(2, "0");
  return m < 60 ? `${m}:${two(s % 60)}` : `${Math.floor(m / 60)}:${two(m % 60)}:${two(s % 60)}`;
};

export function fillOrder(root = document) {
  for (const line of root.querySelectorAll("[data-order]")) {
    const off = behindMs(JSON.parse(line.dataset.order), clock.now());
    const { behind, ahead, onTime } = line.dataset;
    const text = (Math.abs(off) < 1000 ? onTime : off > 0 ? behind : ahead).replace("{t}", minutes(off));
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("late", off >= 60_000);
  }
}

export const watchOrder = () => setInterval(fillOrder, EVERY_MS);
