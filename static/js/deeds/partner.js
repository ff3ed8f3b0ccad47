// The code of a respected local person stands behind #: it is sent once to be read, and stays on this phone for the day.
import { partner } from "./queue.js";

const box = document.querySelector("#partner");
const code = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

const tell = (good, label) => {
  box.querySelector("[data-wait]").hidden = true;
  for (const one of box.querySelectorAll("[data-good]")) one.hidden = !good;
  box.querySelector("[data-bad]").hidden = good;
  if (good) box.querySelector("[data-good] span").textContent = label;
};

try {
  const reply = await fetch(box.dataset.send, { method: "POST", body: JSON.stringify({ code }),
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": box.dataset.csrf } });
  const said = await reply.json();
  const ends = parseInt(code.split(".")[2], 16) * 1000;
  if (reply.ok) partner(box.dataset.member, { code, label: said.label, ends });
  tell(reply.ok, said.label);
} catch { tell(false); }
