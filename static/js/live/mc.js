// The MC's tablet: screens morph; nothing is sent from here.
import "./time-left.js";
import { fillOrder, watchOrder } from "./behind.js";
import { fillNow, fillTally } from "./fill.js";
import { fit } from "./fit.js";
import { morph } from "./morph.js";
import { Room } from "./room.js";
import { followWishes, identity } from "./screen.js";
import { meta } from "./store.js";
import { keepAwake } from "./wake.js";

const screen = document.getElementById("screen");
let tally = { answered: 0, present: 0 };

const room = new Room({ ticket: meta("ticket"), lang: document.documentElement.lang, ...identity() });
followWishes(room);
room.addEventListener("screen", ({ detail }) => {
  morph(screen, detail.html);
  fillNow(detail.data);
  fillTally(tally);
  fillOrder();
  fit();
});
room.addEventListener("tally", ({ detail }) => { tally = detail; fillTally(tally); });
room.addEventListener("net", ({ detail }) => { document.body.dataset.net = detail === "back" ? "on" : detail; });
room.addEventListener("bye", ({ detail }) => { document.body.dataset.gone = detail; document.querySelector(".bye").hidden = false; });
document.querySelector("[data-again]").addEventListener("click", () => location.reload());
addEventListener("resize", () => fit());

watchOrder();
keepAwake();
room.open();
