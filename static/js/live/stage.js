// The projector (and the MC's tablet): screens morph, rows glide, text fits, the drum sounds.
import "./time-left.js";
import { celebrate } from "./confetti.js";
import { fillNow, fillTally } from "./fill.js";
import { copyOf, leave, sceneOf } from "./leaving.js";
import { fit } from "./fit.js";
import { glide, remember } from "./flip.js";
import { morph } from "./morph.js";
import { Room } from "./room.js";
import { Sound } from "./sound.js";
import { meta } from "./store.js";
import { keepAwake } from "./wake.js";
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
  ground(data);
  fit();
  countIn();
  glide(screen, before);
  if (data.sound) sound.set(data.sound);
  if (data.phase !== phase) sound.phase((phase = data.phase), { keyed: Boolean(data.reveal?.answer) && !floods() });
  hear(data);
  if (party() && !celebrated) celebrate(document.querySelector(".confetti"));
  celebrated = party();
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

// each round has a light of its own
function ground(data) {
  const light = data.phase === "lobby" ? "lobby" : data.phase === "over" ? "gold" : String((data.round?.index ?? 0) % 5);
  document.querySelector(".frame").dataset.ground = light;
}

const room = new Room({ ticket: meta("ticket"), lang: page.lang });
room.addEventListener("screen", (event) => show(event.detail));
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
