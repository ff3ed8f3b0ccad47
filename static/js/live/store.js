// What a browser keeps: its secret, its seats, answers not yet acknowledged. Works without storage for the page's life.
const memory = new Map();

export const store = {
  get(key) {
    try { return JSON.parse(localStorage.getItem(key)) ?? memory.get(key) ?? null; } catch { return memory.get(key) ?? null; }
  },
  set(key, value) {
    memory.set(key, value);
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* private window or full: this page only */ }
  },
  drop(key) {
    memory.delete(key);
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  },
};

// hex from the browser's own randomness; getRandomValues exists on plain HTTP too, randomUUID does not
export function random(bytes = 16) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (one) => one.toString(16).padStart(2, "0")).join("");
}

export const seatKey = (show) => `scs-seat-${show}`;

export function device() {
  const kept = store.get("scs-device");
  if (typeof kept === "string" && kept.length >= 16) return kept;
  const made = random(20);
  store.set("scs-device", made);
  return made;
}

export const meta = (name) => document.querySelector(`meta[name="scs-${name}"]`)?.content ?? "";
