// What every OGraf graphic of ours is: a custom element that holds one plate, comes in, is updated and leaves. Steps and
// return values as in the EBU's OGraf Graphics definition, version 1. No file but its own is loaded, nothing is sent.
const MOVE = { duration: 700, easing: "cubic-bezier(.16, .84, .24, 1)", fill: "both" };
const STYLE = `
  :host { position: absolute; inset: 0; font-family: "Be Vietnam Pro", system-ui, sans-serif; color: #ebebeb; }
  .plate { position: absolute; box-sizing: border-box; background: linear-gradient(180deg, #14398f, #0a2068); overflow: hidden;
    clip-path: polygon(0 0, 100% 0, calc(100% - 1.5vw) 100%, 0 100%); }
  .gold { background: #d9a52b; color: #1a1200; font-weight: 800; }
  p { margin: 0; overflow-wrap: anywhere; }
`;

export class Graphic extends HTMLElement {
  #plate = null; #step = 0; #data = {};

  // overridden: how many steps, the moves of the plate, and its content as [class, text] lines
  get steps() { return 1; }
  get style_() { return ""; }
  get away() { return "translateX(-110%)"; }
  lines(_data, _step) { return []; }

  async load({ data } = {}) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE + this.style_);
    root.adoptedStyleSheets = [sheet];
    this.#plate = Object.assign(document.createElement("div"), { className: "plate", hidden: true });
    root.replaceChildren(this.#plate);
    this.#data = { ...data };
    return { statusCode: 200 };
  }

  async dispose() { this.shadowRoot?.replaceChildren(); this.#plate = null; return { statusCode: 200 }; }

  async updateAction({ data, skipAnimation } = {}) {
    this.#data = { ...this.#data, ...data };
    if (this.#step > 0) await this.#show(skipAnimation, false);
    return { statusCode: 200 };
  }

  async playAction({ delta, goto, skipAnimation } = {}) {
    if (!this.#plate) return { statusCode: 400, statusMessage: "not loaded" };
    const wanted = goto !== undefined ? goto + 1 : this.#step + (delta ?? 1);
    if (wanted > this.steps || wanted < 1) { await this.stopAction({ skipAnimation }); return { statusCode: 200, currentStep: undefined }; }
    const comes = this.#step === 0;
    this.#step = wanted;
    await this.#show(skipAnimation, comes);
    return { statusCode: 200, currentStep: this.#step - 1 };
  }

  async stopAction({ skipAnimation } = {}) {
    if (this.#plate && this.#step > 0) {
      await this.#move([{ transform: "none", opacity: 1 }, { transform: this.away, opacity: 0 }], skipAnimation);
      this.#plate.hidden = true;
    }
    this.#step = 0;
    return { statusCode: 200 };
  }

  async customAction() { return { statusCode: 404, statusMessage: "there are none" }; }

  async #show(skip, comes) {
    this.#plate.replaceChildren(...this.lines(this.#data, this.#step - 1).map(([name, text]) => Object.assign(document.createElement("p"), { className: name, textContent: text })));
    this.#plate.hidden = false;
    if (comes) await this.#move([{ transform: this.away, opacity: 0 }, { transform: "none", opacity: 1 }], skip);
  }

  async #move(frames, skip) {
    const still = skip || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const move = this.#plate.animate(frames, { ...MOVE, duration: still ? 0 : MOVE.duration });
    await move.finished;
  }
}
