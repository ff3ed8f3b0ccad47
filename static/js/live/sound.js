// What the hall hears: files the project makes itself (static/sounds), one bed at a time under stings. How loud is the
// host's to say; the button in the corner is for the one who stands at the projector. Browsers stay silent until
// somebody has touched the page once.
import { KINDS, LOUD, PHASES } from "./sound_rules.js";

const FADE_S = 0.25;

export class Sound {
  #context = null; #out = null; #files = new Map(); #bed = null; #bedName = ""; #here = 1; #host = { volume: 70, muted: false, checks: null }; #later = []; #off = false; #counting = null;

  constructor(addresses) { this.addresses = addresses; }

  bind(button, slider) {
    this.button = button;
    button?.addEventListener("click", (event) => { event.stopPropagation(); this.#wake(); this.#off = button.getAttribute("aria-pressed") === "true"; this.#level(); });
    slider?.addEventListener("input", () => { this.#here = slider.value / 100; this.#level(); });
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.#wake());
    if (navigator.userActivation?.hasBeenActive) this.#wake();
    this.#level();
  }

  #wake() {
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#out = this.#context.createGain();
      this.#out.connect(this.#context.destination);
      this.#context.addEventListener("statechange", () => { this.#level(); this.#play(); });
      for (const name of Object.keys(this.addresses)) this.#file(name); // all of them, before the first is wanted
    }
    this.#context.resume().catch(() => {});
    this.#level();
  }

  get #heard() { return this.#context?.state === "running" && !this.#off && !this.#host.muted; }

  #level() {
    if (this.#out) this.#out.gain.value = this.#off || this.#host.muted ? 0 : (this.#here * this.#host.volume / 100) ** 2 * 2;
    this.button?.setAttribute("aria-pressed", String(this.#heard));
    document.dispatchEvent(new CustomEvent("heard", { detail: this.#heard }));
  }

  // the host's word, as each screen carries it
  set(host) {
    const fresh = this.#host.checks !== null && host.checks > this.#host.checks;
    this.#host = host;
    this.#level();
    this.#bed?.gain.setTargetAtTime(this.#bedLevel, this.#context.currentTime, FADE_S / 3);
    if (fresh) this.cue("check");
  }

  get #bedLevel() { return LOUD.bed * (this.#host.bed ?? 100) / 100; }

  #file(name) {
    if (!this.#files.has(name) && this.addresses[name]) {
      const got = fetch(this.addresses[name]).then((response) => response.arrayBuffer()).then((bytes) => this.#context.decodeAudioData(bytes));
      this.#files.set(name, got.catch(() => this.#files.delete(name)));
    }
    return this.#files.get(name);
  }

  async #source(name) {
    const buffer = await this.#file(name);
    if (!buffer?.duration || this.#context.state !== "running") return null;
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    return source;
  }

  cue(name) {
    document.dispatchEvent(new CustomEvent("cue", { detail: name }));
    const kind = KINDS[name] ?? "sting";
    if (kind === "override") this.bed("");
    if (!this.#context) return;
    if (kind !== "sting") this.#quiet();
    this.#source(name).then((source) => {
      if (!source) return;
      const gain = this.#context.createGain();
      gain.gain.value = LOUD[kind];
      source.connect(gain).connect(this.#out);
      source.start();
      if (kind === "countdown") this.#counting = source;
    });
  }

  // exactly one countdown is heard
  #quiet() { try { this.#counting?.stop(); } catch { /* it has ended */ } this.#counting = null; }

  // one bed at a time; "" is silence
  bed(name) {
    if (name === this.#bedName) return;
    this.#bedName = name;
    document.dispatchEvent(new CustomEvent("bed", { detail: name }));
    this.#bed?.gain.setTargetAtTime(0, this.#context.currentTime, FADE_S / 3);
    this.#bed = null;
    this.#play();
  }

  async #play() {
    const name = this.#bedName;
    if (!name || !this.#context || this.#bed) return;
    const source = await this.#source(name);
    if (!source || name !== this.#bedName || this.#bed) return;
    this.#bed = this.#context.createGain();
    this.#bed.gain.value = this.#bedLevel;
    source.loop = true;
    source.connect(this.#bed).connect(this.#out);
    source.start();
    this.#bed.source = source;
  }

  // what the table says of a phase; `keyed`: a key is shown
  phase(name, { keyed = true } = {}) {
    for (const one of this.#later) clearTimeout(one);
    this.#later = [];
    this.#quiet();
    const begins = (PHASES[name] ?? []).filter(([, , needsKey]) => keyed || !needsKey);
    if (!begins.some(([one, after]) => KINDS[one] === "bed" && after === 0)) this.bed("");
    for (const [one, after] of begins) {
      const start = () => (KINDS[one] === "bed" ? this.bed(one) : this.cue(one));
      if (after) this.#later.push(setTimeout(start, after)); else start();
    }
  }
}
