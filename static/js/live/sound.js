// What the hall hears: files the project makes itself (static/sounds), one bed at a time under stings. How loud is the
// host's to say; the button in the corner is for the one who stands at the projector. Browsers stay silent until
// somebody has touched the page once.
const FADE_S = 0.25;
const THINK_AFTER_MS = 1_000;
const KEY_AFTER_MS = 1_900; // when the key turns green: see stage_question.css
const BED_LOUD = 0.55;

export class Sound {
  #context = null; #out = null; #files = new Map(); #bed = null; #bedName = ""; #here = 1; #host = { volume: 70, muted: false, checks: null }; #later = 0; #off = false;

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
    }
    this.#context.resume().catch(() => {});
    this.#level();
  }

  get #heard() { return this.#context?.state === "running" && !this.#off && !this.#host.muted; }

  #level() {
    if (this.#out) this.#out.gain.value = this.#off || this.#host.muted ? 0 : (this.#here * this.#host.volume / 100) ** 2 * 2;
    this.button?.setAttribute("aria-pressed", String(this.#heard));
  }

  // the host's word, as each screen carries it
  set(host) {
    const fresh = this.#host.checks !== null && host.checks > this.#host.checks;
    this.#host = host;
    this.#level();
    if (fresh) this.cue("check");
  }

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
    if (!this.#context) return;
    this.#source(name).then((source) => { source?.connect(this.#out); source?.start(); });
  }

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
    this.#bed.gain.value = BED_LOUD;
    source.loop = true;
    source.connect(this.#bed).connect(this.#out);
    source.start();
    this.#bed.source = source;
  }

  // what belongs to a phase; `keyed`: a key is shown, `place`: how many stand on the podium
  phase(name, { keyed = true } = {}) {
    clearTimeout(this.#later);
    this.bed(name === "lobby" ? "lobby" : "");
    const cue = { ready: "ready", open: "open", closed: "lock", revealed: "bars", answering: "buzz", standings: "standings" }[name];
    if (cue) this.cue(cue);
    if (name === "open") this.#later = setTimeout(() => this.bed("think"), THINK_AFTER_MS);
    if (name === "revealed" && keyed) this.#later = setTimeout(() => this.cue("right"), KEY_AFTER_MS);
  }
}
