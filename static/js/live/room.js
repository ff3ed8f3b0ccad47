// One connection to a show: WebSocket first, HTTP where it is blocked. Hands out `screen`, `me`, `tally`, `net`, `bye`, and
// `pointed` to a browser with a `screen` key: what its host wishes of it.
import { io } from "../../vendor/socket.io-4.8.4.esm.min.js";
import { Backoff } from "./backoff.js";
import { Fallback } from "./fallback.js";
import { clock } from "./clock.js";
import { Underway } from "./underway.js";
import { Versions } from "./versions.js";

const FINAL = new Set(["bad_ticket", "kicked", "over", "no_such_show", "sign_in_first", "signed_out"]);
const BLOCKED_AFTER = 3;
const ACK_MS = 8_000;
const PATIENCE_MS = 3_000;

// Loads a question's picture, sound or film while the question is announced; nobody sees the element that asks for it.
function preload(address) {
  if (/\.mp[34]$/.test(address)) Object.assign(document.createElement("video"), { preload: "auto", muted: true, src: address }).load();
  else new Image().src = address;
}

export class Room extends EventTarget {
  #socket; #timer = 0; #dialed = -PATIENCE_MS; #checking = 0; #ever = false; #gone = false;
  #backoff = new Backoff();
  #versions = new Versions();
  #underway = new Underway();
  #fallback;

  constructor({ ticket, lang, screen, view }) {
    super();
    this.#fallback = new Fallback({ ticket, lang, got: (reply) => this.#got(reply), refused: (code) => { if (FINAL.has(code)) this.#end(code); } });
    this.#socket = io("/live", { transports: ["websocket"], reconnection: false, autoConnect: false, auth: { ticket, lang, screen, view } });
    this.#socket.on("connect", () => this.#connected());
    this.#socket.on("connect_error", (error) => this.#refused(error));
    this.#socket.on("disconnect", () => { this.#underway.forget(); this.#again(); });
    this.#socket.on("screen", (screen) => this.#screen(screen));
    this.#socket.on("me", (me) => this.#me(me));
    this.#socket.on("pointed", (wish) => this.#tell("pointed", wish));
    this.#socket.on("tally", (tally) => this.#tell("tally", tally));
    this.#socket.on("going_down", ({ spread_s: seconds }) => { this.#backoff.spread(seconds); this.#tell("net", "restart"); });
    this.#socket.on("bye", ({ code }) => { if (code === "slow") this.#backoff.next(); else this.#end(code); });
    const looked = () => { if (document.visibilityState === "visible") this.hurry(PATIENCE_MS); };
    addEventListener("pageshow", looked);
    document.addEventListener("visibilitychange", looked);
    addEventListener("online", () => this.hurry(0));
    addEventListener("offline", () => this.#tell("net", "offline"));
  }

  get v() { return this.#versions.shown; }

  open() { this.#tell("net", "connecting"); this.#dial(); }

  // Connects at once, when somebody looks at the page again or the network is back. An attempt younger than
  // `patience` milliseconds goes on; after a change of network none does.
  hurry(patience) {
    if (this.#gone || this.#socket.connected || performance.now() - this.#dialed < patience) return;
    this.#socket.disconnect();
    this.#dial();
  }

  #dial() {
    clearTimeout(this.#timer);
    this.#dialed = performance.now();
    this.#socket.connect();
  }

  // Sends an event and gives its acknowledgement; rejects when none comes in time.
  async ask(event, payload, milliseconds = ACK_MS) {
    const send = () => this.#socket.emitWithAck(event, payload);
    if (this.#socket.connected) return this.#heard(await this.#underway.once(payload.id, send, milliseconds));
    if (event === "answer" && this.#fallback.on) return this.#heard(await this.#fallback.answer(payload, milliseconds));
    throw new Error("offline");
  }

  async #sync() {
    this.#versions.asked(performance.now());
    try {
      const reply = await this.#socket.timeout(ACK_MS).emitWithAck("sync", { v: this.v });
      this.#got(reply);
    } catch { /* the next message or reconnect asks again */ }
  }

  #got(reply) {
    if (reply?.screen) this.#screen(reply.screen);
    if (reply?.me) this.#me(reply.me);
  }

  #connected() {
    this.#backoff.reset();
    this.#fallback.stop();
    this.#tell("net", this.#ever ? "back" : "on");
    if (this.#ever) this.#sync();
    this.#ever = true;
    this.#tell("connected");
  }

  #refused(error) {
    const code = error?.data?.code;
    if (FINAL.has(code)) return this.#end(code);
    this.#again();
  }

  #again() {
    if (this.#gone) return;
    if (!this.#fallback.on) this.#tell("net", navigator.onLine === false ? "offline" : this.#ever ? "again" : "connecting");
    const wait = this.#backoff.next();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#dial(), wait);
    if (this.#backoff.tries >= BLOCKED_AFTER && !this.#fallback.on) this.#fallback.start(() => this.v, () => { this.#tell("net", "slow"); this.#tell("connected"); });
  }

  #end(code) {
    this.#gone = true;
    clearTimeout(this.#timer);
    this.#fallback.stop();
    this.#socket.disconnect();
    this.#tell("bye", code);
  }

  #screen(screen) {
    clock.sample(screen.data?.server_time);
    for (const address of screen.data?.preload ?? []) preload(address);
    if (this.#versions.take(screen.v)) this.#tell("screen", screen);
  }

  #me(me) { this.#heard(me); this.#tell("me", me); }

  #heard(reply) {
    this.#versions.hear(reply?.v, performance.now());
    const wait = this.#versions.wait(performance.now());
    clearTimeout(this.#checking);
    if (wait !== null) this.#checking = setTimeout(() => { if (this.#versions.wait(performance.now()) === 0 && this.#socket.connected) this.#sync(); }, wait + 5);
    return reply;
  }

  #tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }
}
