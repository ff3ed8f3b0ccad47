// The projector (and the MC's tablet): screens morph, rows glide, text fits, the drum sounds.
import "./time-left.js";
import { celebrate } from "./confetti.js";
import { fillNow, fillTally, shown } from "./fill.js";
import { copyOf, leave, sceneOf } from "./leaving.js";
import { follow } from "./follow.js";
import { fit } from "./fit.js";
import { glide, remember } from "./flip.js";
import { morph } from "./morph.js";
import { plateLogos } from "./pale.js";
import { Room } from "./room.js";
import { Report, followWishes, identity } from "./screen.js";
import { Sound } from "./sound.js";
import { meta } from "./store.js";
import { keepAwake } from "./wake.js";
import { Wipe } from "./wipe.js";
import { watchActs } from "./acts.js";

const page = document.documentElement;
const screen = document.getElementById("screen");
const sound = new Sound(Object.fromEntries([...document.querySelectorAll("meta[data-cue]")].map((one) => [one.dataset.cue, one.content])));
let phase = "";
let celebrated = false;
let tally = { answered: 0, present: 0 };

const party = () => screen.querySelector("[data-confetti]") !== null;

page.toggleAttribute("data-transparent", new URLSearchParams(location.search).get("transparent") === "1");

function show({ html, data }) {
  const before = remember(screen);
  const old = sceneOf(screen), ghost = copyOf(screen);
  morph(screen, html);
  if (sceneOf(screen) !== old) leave(screen, ghost);
  fillNow(data);
  fillTally(tally);
  fit();
  plateLogos();
  countIn();
  glide(screen, before);
  if (data.sound) sound.set(data.sound);
  fillBug(data.standings);
  fillClock(data.closes_at);
  wear(data.brand);
  if (data.media) report.preload(data.media);
  if (data.phase !== phase) sound.phase((phase = data.phase), { keyed: Boolean(data.reveal?.answer) && !floods() });
  hear(data);
  if (party() && !celebrated) celebrate(document.querySelector(".confetti"));
  celebrated = party();
  follow(data.followed);
}

// right and wrong as they are said, and each who comes to the podium
let told = "";
let placed = 0;
const floods = () => screen.querySelector(".flood, .fastest .yes, .fastest .no");

function hear(data) {
  const flood = screen.querySelector(".flood");
  if (flood && flood.id !== told) sound.cue(flood.matches(".yes") ? "right" : "wrong");
  told = flood?.id ?? "";
  const places = screen.querySelectorAll(".steps li").length;
  if (places > placed) sound.cue(party() ? "over" : "place");
  placed = data.phase === "over" ? places : 0;
}

// the chapter's logo in the bar, and its colour in place of gold: checked for contrast when the script was
function wear(brand) {
  if (!brand) return;
  if (brand.colour) document.documentElement.style.setProperty("--gold", brand.colour);
  const source = `${meta("media")}${brand.logo}`;
  for (const place of document.querySelectorAll(".bar .logo, .over-camera .logo"))
    if (brand.logo && !place.querySelector("img")) place.append(Object.assign(document.createElement("img"), { src: source, alt: "" }));
}

// the clock of the score bug; the picture's own says the seconds to whoever listens
const tick = document.querySelector(".tick");
tick.addEventListener("second", (event) => event.stopPropagation());

function fillClock(until) {
  if (!until) return tick.replaceChildren();
  if (tick.firstElementChild?.getAttribute("until") === String(until)) return;
  const clock = document.createElement("time-left");
  clock.setAttribute("until", until);
  tick.replaceChildren(clock);
}

// the first three as of the last standings, for a picture over a camera
function fillBug(standings) {
  if (!standings) return;
  const rows = standings.slice(0, 3).map(({ rank, name, score }) => {
    const row = document.createElement("li");
    for (const [tag, text] of [["b", shown(rank)], ["span", name], ["output", shown(score)]]) row.append(Object.assign(document.createElement(tag), { textContent: text }));
    return row;
  });
  document.querySelector(".bug").replaceChildren(...rows);
}

// each round has a light of its own, which the page names
const frame = document.querySelector(".frame");
const lights = (frame.dataset.grounds ?? "").split(" ").filter(Boolean);
const groundOf = ({ phase, round }) => phase === "lobby" ? "lobby" : phase === "over" ? "gold" : lights[((round?.index ?? 1) - 1) % lights.length] ?? "start";
const wipe = new Wipe(frame, groundOf, show, () => sound.cue("wipe"));

const room = new Room({ ticket: meta("ticket"), lang: page.lang, ...identity() });
const report = new Report(room);
followWishes(room);
document.addEventListener("heard", ({ detail }) => report.sound(detail));
room.addEventListener("screen", (event) => wipe.bring(event.detail));
room.addEventListener("tally", ({ detail }) => { tally = detail; fillTally(tally); });
room.addEventListener("net", (event) => { document.body.dataset.net = event.detail === "back" ? "on" : event.detail; });
room.addEventListener("bye", (event) => { document.body.dataset.net = event.detail === "slow" ? "again" : "offline"; });
// the last three seconds before a question opens
function countIn() {
  const at = document.getElementById("count-in");
  const left = screen.querySelector(".ready time-left output, .reading time-left output")?.textContent;
  if (!at || !["3", "2", "1"].includes(left) || at.textContent === left) return;
  const number = document.createElement("span");
  number.textContent = left;
  at.replaceChildren(number);
  sound.cue("count");
}

document.addEventListener("second", countIn);
document.addEventListener("second", (event) => { if (phase === "open" && event.detail <= 5 && event.detail > 0) sound.cue("tick"); });
document.fonts?.ready.then(() => fit());
addEventListener("resize", () => fit());
screen.addEventListener("load", () => fit(), true); // a picture has come and taken its room

sound.bind(document.querySelector("[data-sound]"), document.querySelector("[data-volume]"));
watchActs(room);
keepAwake();
room.open();
