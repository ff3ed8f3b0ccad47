// Sounds made on the spot with WebAudio: a bronze drum, plucked strings in the five-note scale, a wooden tick.
// Silent until somebody taps the button once, as browsers demand.
const SCALE = [293.66, 329.63, 392, 440, 493.88, 587.33, 659.25, 783.99];
const BEAT_S = 0.42;
const LOBBY = [0, 2, 4, 5, 4, 2, 3, 1];

export class Sound {
  #context = null; #out = null; #volume = 0.7; #phase = ""; #loop = 0; #step = 0;

  bind(button, slider) {
    button?.addEventListener("click", () => this.#toggle(button));
    slider?.addEventListener("input", () => { this.#volume = slider.value / 100; this.#level(); });
  }

  #toggle(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    if (on && !this.#context) {
      this.#context = new AudioContext();
      this.#out = this.#context.createGain();
      this.#out.connect(this.#context.destination);
    }
    if (on) { this.#context.resume(); this.#level(); this.#drum(0, 0.8); this.phase(this.#phase); } else { this.#context.suspend(); clearInterval(this.#loop); }
  }

  #level() { if (this.#out) this.#out.gain.value = this.#volume ** 2; }

  get #silent() { return this.#context?.state === "suspended" || !this.#context; }

  phase(name) {
    this.#phase = name;
    clearInterval(this.#loop);
    if (!this.#context) return;
    if (name === "lobby") this.#loop = setInterval(() => this.#lobby(), BEAT_S * 1000);
    const play = { ready: () => this.#drum(0, 0.6), open: () => { this.#drum(0, 1); this.#drum(0.22, 0.7); this.#pluck(0.44, 5, 0.3); },
      closed: () => { this.#drum(0, 0.9); this.#drum(0.14, 0.9); }, revealed: () => [0, 2, 4, 7].forEach((note, i) => this.#pluck(i * 0.11, note, 0.42)),
      standings: () => this.#roll(0.8), over: () => this.#fanfare() }[name];
    play?.();
  }

  cue(name) { if (!this.#silent && name === "count") this.#drum(0, 0.9); }

  tick(left) { if (!this.#silent) this.#knock(left === 1 ? 1250 : 880, left <= 3 ? 0.5 : 0.32); }

  #lobby() {
    const step = (this.#step += 1);
    if (this.#silent) return;
    this.#pluck(0, LOBBY[step % LOBBY.length], 0.13);
    if (step % 8 === 0) this.#drum(0, 0.22);
  }

  #roll(seconds) { for (let at = 0; at < seconds; at += 0.09) this.#drum(at, 0.25 + (0.5 * at) / seconds); }

  #fanfare() {
    this.#roll(1.4);
    [0, 2, 4, 5, 7].forEach((note, i) => this.#pluck(1.5 + i * 0.14, note, 0.5));
    [0, 4, 7].forEach((note) => this.#pluck(2.4, note, 0.45));
    this.#drum(2.4, 1);
  }

  #voice(type, frequency, at, seconds, loudness) {
    const start = this.#context.currentTime + at;
    const tone = this.#context.createOscillator();
    const gain = this.#context.createGain();
    tone.type = type;
    tone.frequency.setValueAtTime(frequency, start);
    gain.gain.setValueAtTime(0.0001, start);
    gain.gain.exponentialRampToValueAtTime(loudness, start + 0.008);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
    tone.connect(gain).connect(this.#out);
    tone.start(start);
    tone.stop(start + seconds + 0.05);
    return { tone, start };
  }

  #drum(at, loudness) {
    const low = this.#voice("sine", 150, at, 0.75, loudness);
    low.tone.frequency.exponentialRampToValueAtTime(52, low.start + 0.22);
    for (const [partial, share] of [[311, 0.16], [463, 0.1], [742, 0.06]]) this.#voice("sine", partial, at, 1.3, loudness * share);
  }

  #pluck(at, note, loudness) {
    this.#voice("triangle", SCALE[note], at, 0.9, loudness);
    this.#voice("sine", SCALE[note] * 2.005, at, 0.45, loudness * 0.35);
  }

  #knock(frequency, loudness) { this.#voice("square", frequency, 0, 0.06, loudness * 0.3); }
}
