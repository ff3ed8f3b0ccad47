// A browser of those who run a show: who it is, what its host wishes it to show, and how it is.
//   ?view=lower is what it shows at first; ?screen=left tells two windows of one browser apart
import { random, store } from "./store.js";

const SAYS_MS = 6_000;
const page = document.documentElement;
const asked = new URLSearchParams(location.search);

// What a screen sends along with its ticket.
export function identity() {
  const place = `scs-screen-${page.dataset.screen}-${asked.get("view") ?? ""}-${asked.get("screen") ?? ""}`;
  const key = store.get(place) ?? random(16);
  store.set(place, key);
  return { screen: key, view: asked.get("view") ?? "" };
}

export function followWishes(room) {
  let name = null;
  if (asked.get("view")) page.dataset.view = asked.get("view");
  room.addEventListener("pointed", ({ detail }) => {
    if (detail.reload) location.reload();
    page.dataset.view = detail.view;
    document.dispatchEvent(new CustomEvent("pointed", { detail }));
    if (name !== null && detail.name && detail.name !== name) showName(detail.name);
    name = detail.name;
  });
}

// Writes the screen's new name on it, for whoever stands before it.
function showName(name) {
  const line = document.createElement("p");
  line.className = "screen-name";
  line.textContent = name;
  document.body.append(line);
  setTimeout(() => line.remove(), SAYS_MS);
}

// A picture is kept decoded; sound and film are read to their end, so that the browser has all of them.
async function fetched(address) {
  if (!/\.mp[34]$/.test(address)) {
    const picture = Object.assign(new Image(), { src: address });
    await picture.decode();
    return picture;
  }
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  const parts = answer.body.getReader();
  while (!(await parts.read()).done);
  return null;
}

// tells the console whether the sound is on and how many of the media are here, each time that changes
export class Report {
  #said = ""; #count = 0; #room; #now = { sound: false, media: 0, of: 0 }; #kept = new Map();

  constructor(room) { this.#room = room; room.addEventListener("connected", () => { this.#said = ""; this.#send(); }); }

  sound(on) { this.#now.sound = on; this.#send(); }

  preload(addresses) {
    this.#now.of = addresses.length;
    for (const address of addresses) {
      if (this.#kept.has(address)) continue;
      this.#kept.set(address, fetched(address).then(() => { this.#now.media += 1; this.#send(); }, () => this.#kept.delete(address)));
    }
    this.#send();
  }

  #send() {
    const now = JSON.stringify(this.#now);
    if (now === this.#said) return;
    this.#said = now;
    this.#room.ask("act", { do: "report", args: { ...this.#now }, id: `report-${random(6)}-${(this.#count += 1)}` }).catch(() => { this.#said = ""; });
  }
}
