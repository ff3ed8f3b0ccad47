// <time-left until total left>: a countdown on server time that ticks by itself. until: microseconds or seconds since
// 1970; total: microseconds or seconds; left: stopped with this many microseconds. class: ring | strip | figure.
// Fires `second` with the whole seconds left, for sounds and announcements.
import { clock } from "./clock.js";
import { lengthMs, spoken, untilMs } from "./seconds.js";

const SVG = "http://www.w3.org/2000/svg";
const EVERY_MS = 100;
const LAST_S = 5;

function draw(name, attributes) {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

class TimeLeft extends HTMLElement {
  static observedAttributes = ["until", "left"];
  #timer = 0; #total = 0; #second = null; #number; #run = []; #bar;

  connectedCallback() {
    if (!this.#number) this.#build();
    this.#timer = setInterval(() => this.#tick(), EVERY_MS);
    this.#tick();
  }

  disconnectedCallback() { clearInterval(this.#timer); }

  attributeChangedCallback() { this.#total = 0; this.#second = null; if (this.#number) this.#tick(); }

  #build() {
    this.#number = document.createElement("output");
    this.#number.setAttribute("aria-hidden", "true");
    if (this.classList.contains("ring")) this.append(this.#ring());
    if (this.classList.contains("strip")) {
      const svg = draw("svg", { viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" });
      svg.append(this.#bar = draw("rect", { width: 100, height: 1 }));
      this.append(svg);
    }
    this.append(this.#number);
  }

  // teeth of a drum that go out one after the other, and a line running with them
  #ring() {
    const svg = draw("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" });
    const marks = document.querySelector('meta[name="scs-marks"]')?.content ?? "";
    const circle = (attributes) => draw("circle", { cx: 50, cy: 50, fill: "none", pathLength: 100, transform: "rotate(-90 50 50)", ...attributes });
    const mask = draw("mask", { id: "teeth-left", maskUnits: "userSpaceOnUse", x: 0, y: 0, width: 100, height: 100 });
    const gone = circle({ r: 44, stroke: "#fff", "stroke-width": 11, "stroke-dasharray": "100 100" });
    const line = circle({ r: 36.5, class: "run", stroke: "currentColor", "stroke-width": 3.2, "stroke-linecap": "round", "stroke-dasharray": "100 100" });
    mask.append(gone);
    svg.append(mask, draw("use", { href: `${marks}#teeth`, width: 100, height: 100 }), circle({ r: 36.5, stroke: "currentColor", "stroke-width": 3.2 }),
      draw("use", { href: `${marks}#teeth`, width: 100, height: 100, class: "teeth", mask: "url(#teeth-left)" }), line);
    this.#run = [gone, line];
    return svg;
  }

  get milliseconds() {
    if (this.hasAttribute("left")) return lengthMs(this.getAttribute("left"));
    return Math.max(0, untilMs(this.getAttribute("until")) - clock.now());
  }

  #tick() {
    if (!this.hasAttribute("until") && !this.hasAttribute("left")) return;
    const whole = this.hasAttribute("total") ? lengthMs(this.getAttribute("total")) : Infinity;
    const left = Math.min(this.milliseconds, whole || Infinity); // it may be seen before it begins to run
    this.#total = Math.max(this.#total, whole < Infinity ? whole : left, 1);
    const share = Math.min(1, left / this.#total) * 100;
    for (const one of this.#run) one.setAttribute("stroke-dashoffset", (100 - share).toFixed(2));
    this.#bar?.setAttribute("width", share.toFixed(2));
    const seconds = Math.ceil(left / 1000);
    if (seconds === this.#second) return;
    this.#second = seconds;
    this.#number.textContent = spoken(seconds);
    this.toggleAttribute("data-long", this.#number.textContent.length > 3);
    this.toggleAttribute("data-last", seconds <= LAST_S);
    if (!this.hasAttribute("left")) this.dispatchEvent(new CustomEvent("second", { bubbles: true, detail: seconds }));
  }
}

customElements.define("time-left", TimeLeft);
