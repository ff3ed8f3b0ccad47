// The list of questions: what is answered, saved, flagged; a way to each of them.
import { put } from "../live/fill.js";
import { say } from "./words.js";

export class Navigator {
  #lists; #of; #go;

  // of(place) -> {answered, unsaved, flagged, current}
  constructor(lists, length, of, go) {
    this.#lists = lists; this.#of = of; this.#go = go;
    for (const list of lists) {
      list.replaceChildren(...Array.from({ length }, (_, place) => this.#item(place)));
      list.addEventListener("click", (event) => { const button = event.target.closest("button"); if (button) this.#go(Number(button.dataset.place)); });
    }
  }

  #item(place) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.place = place;
    put(button, String(place + 1));
    item.append(button);
    return item;
  }

  draw() {
    for (const button of this.#lists.flatMap((list) => [...list.querySelectorAll("button")])) {
      const place = Number(button.dataset.place), { answered, unsaved, flagged, current } = this.#of(place);
      const key = unsaved ? "map_unsaved" : answered ? "map_done" : "map_none";
      button.dataset.state = unsaved ? "unsaved" : answered ? "done" : "none";
      button.toggleAttribute("data-flagged", flagged);
      button.setAttribute("aria-label", say(key, { n: place + 1 }) + (flagged ? `, ${say("map_flag")}` : ""));
      if (current) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
    }
  }
}
