// The organiser's phone: a tick is kept here at once and sent when there is a network; what the server has settled
// is forgotten. Each line has a key of its own, so a queue that is sent twice is one.
const door = document.querySelector("#door"), says = door.querySelector("[data-says]");
const shelf = `door ${door.dataset.of}`;
const kept = () => { try { return JSON.parse(localStorage.getItem(shelf)) ?? []; } catch { return []; } };
const keep = (lines) => { localStorage.setItem(shelf, JSON.stringify(lines)); };
const key = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const fold = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("\u0111", "d");
let sending = false, waited = false, refused = "";

const tell = () => {
  const count = kept().length;
  says.textContent = count ? (refused ? says.dataset[refused] : `${says.dataset.waits} ${count}`) : says.dataset.sent;
  says.className = `flash ${count ? (refused ? "bad" : "warn") : "good"}`;
};
const mark = (lines) => { for (const { member } of lines) { const box = door.querySelector(`input[value="${member}"]`); if (box) box.checked = box.disabled = true; } };

const send = async () => {
  const lines = kept().slice(0, 200);
  if (sending || !lines.length) return tell();
  sending = true;
  try {
    const reply = await fetch(door.dataset.to, {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": door.dataset.csrf },
      body: JSON.stringify({ lines, later: waited }),
    });
    if (reply.ok) {
      const settled = new Set((await reply.json()).settled);
      const gone = new Set(lines.filter((line) => !settled.has(line.key)).map((line) => line.key));
      for (const line of lines) if (gone.has(line.key)) { const box = door.querySelector(`input[value="${line.member}"]`); if (box) box.checked = box.disabled = false; }
      keep(kept().filter((line) => !settled.has(line.key) && !gone.has(line.key)));
      refused = "";
      waited = kept().length > 0 && waited;
    } else refused = reply.status === 409 || reply.status === 410 ? "over" : reply.status < 500 ? "old" : "";
  } catch { waited = true; }
  sending = false;
  tell();
};

door.addEventListener("change", (event) => {
  const box = event.target;
  if (box.type !== "checkbox") return;
  box.disabled = true;
  keep([...kept(), { key: key(), member: Number(box.value) }]);
  send();
});
door.querySelector("[name=q]").addEventListener("input", (event) => {
  const words = fold(event.target.value).split(/\s+/).filter(Boolean);
  for (const row of door.querySelectorAll("[data-name]")) row.hidden = !words.every((word) => fold(row.dataset.name).includes(word));
});
addEventListener("online", send);
waited = kept().length > 0;
mark(kept());
send();
setInterval(send, 5000);
