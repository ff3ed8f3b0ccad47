// Sentences and storage of the page: the words lie in a template, so scripts hold none.
import { counted } from "../count.js";
import { store } from "../live/store.js";

const words = () => document.getElementById("words")?.content;

export function say(key, values = {}) {
  const text = words()?.querySelector(`[data-word="${key}"]`)?.textContent ?? "";
  return counted(text, values);
}

const line = document.querySelector("[data-announce]");
export function announce(text) { if (line) line.textContent = text; }

// Keeps values in the browser's storage and lists their keys. A private window stores nothing: there memory serves.
const memory = new Set();
export const shelf = {
  get: (key) => store.get(key),
  set(key, value) { memory.add(key); store.set(key, value); },
  drop(key) { memory.delete(key); store.drop(key); },
  keys(prefix) {
    const found = new Set([...memory].filter((key) => key.startsWith(prefix)));
    try { for (let i = 0; i < localStorage.length; i += 1) if (localStorage.key(i).startsWith(prefix)) found.add(localStorage.key(i)); } catch { /* memory only */ }
    return [...found];
  },
};
