// Puts a screen's HTML in place of the last one by changing only what differs, so focus, motion and countdowns live on.
import { Idiomorph } from "../../vendor/idiomorph-0.8.0.esm.min.js";

const SAME = (one, other) => one.tagName === other.tagName && one.dataset.ask === other.dataset.ask;

function copyAttributes(from, to, names) {
  for (const name of names) {
    if (from.hasAttribute(name)) { if (to.getAttribute(name) !== from.getAttribute(name)) to.setAttribute(name, from.getAttribute(name)); }
    else to.removeAttribute(name);
  }
}

const callbacks = {
  beforeNodeMorphed(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE || fresh.nodeType !== Node.ELEMENT_NODE) return true;
    // a countdown draws its own inside
    if (old.tagName === "TIME-LEFT" && fresh.tagName === "TIME-LEFT") { copyAttributes(fresh, old, ["until", "total", "left", "class"]); return false; }
    // an ask's sheet is filled once and then belongs to the person answering
    if (old.dataset.ask && SAME(old, fresh)) { copyAttributes(fresh, old, ["data-shut"]); return false; }
    // its rows are put in place by js/live/rows.js
    if ("rows" in old.dataset && "rows" in fresh.dataset) return false;
    // what a person has open or is typing stays so
    if (old.tagName === "DETAILS" && old.open) fresh.setAttribute("open", "");
    if (old === document.activeElement && old.matches("input, textarea, select")) return false;
    return true;
  },
};

export function morph(target, html) {
  // a focused button changes like any other; only what somebody types in is left alone, above
  Idiomorph.morph(target, html, { morphStyle: "innerHTML", restoreFocus: true, callbacks });
}
