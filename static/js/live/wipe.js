// Between two rounds (and into the first, and to the podium) blades pass over the picture: what changes, changes under
// them. Whatever comes while they cover is shown in its place, so the stage is never behind by more than this moment.
const COVERED_MS = 620;
const OFF_MS = 700;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;

export class Wipe {
  /** `groundOf(data)` names the light a screen stands in; `show(screen)` draws it; `heard()` sounds with the blades. */
  constructor(frame, groundOf, show, heard = () => {}) {
    Object.assign(this, { frame, groundOf, show, heard, newest: null, over: 0 });
  }

  bring(screen) {
    const ground = this.groundOf(screen.data), before = this.frame.dataset.ground;
    if (this.newest) return void (this.newest = screen);
    if (!this.begun || ground === before || still() || "transparent" in document.documentElement.dataset) return this.now(screen);
    this.newest = screen;
    clearTimeout(this.over);
    this.frame.dataset.wipe = "over";
    this.heard();
    setTimeout(() => this.uncover(), COVERED_MS);
  }

  uncover() {
    const screen = this.newest;
    this.newest = null;
    this.now(screen);
    this.frame.dataset.wipe = "off";
    this.over = setTimeout(() => delete this.frame.dataset.wipe, OFF_MS);
  }

  now(screen) {
    this.begun = true;
    this.frame.dataset.ground = this.groundOf(screen.data);
    this.show(screen);
  }
}
