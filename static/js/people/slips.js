// Has slips made batch by batch, so that a long printing shows how far it is and one lost request loses one batch.
import { counted } from "../count.js";

const form = document.querySelector("[data-slips]");

async function batch(members) {
  const body = new FormData(form);
  body.set("members", members.join(","));
  body.set("piece", "yes");
  for (;;) {
    const reply = await fetch(location.pathname, { method: "POST", body });
    if (reply.status === 429) await new Promise((done) => setTimeout(done, 1000 * (Number(reply.headers.get("Retry-After")) || 5)));
    else if (reply.ok || reply.status === 409) return reply.text(); // 409: nobody of these needs one any more
    else throw new Error(reply.status);
  }
}

if (form) {
  const left = JSON.parse(form.dataset.slips), all = left.flat().length;
  const make = form.querySelector("button:not([data-print])"), print = form.querySelector("[data-print]");
  const far = form.querySelector("[data-far]"), sheets = document.querySelector("[data-sheets]");
  let done = 0;
  const draw = () => {
    far.querySelector("progress").value = done;
    far.querySelector("p").textContent = counted(form.dataset.said, { done, all });
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    make.disabled = true;
    far.hidden = false;
    draw();
    try {
      for (; left.length; left.shift(), draw()) {
        sheets.insertAdjacentHTML("beforeend", await batch(left[0]));
        done += left[0].length;
      }
      make.hidden = true;
      print.hidden = false;
      print.focus();
    } catch {
      far.querySelector("p").textContent = form.dataset.stopped;
      make.disabled = false;
    }
  });
  print.addEventListener("click", () => window.print());
}
