// Sends what waits: a hundred at a time, answered one by one; pictures after their deed.
import { drop, keep, waiting } from "./queue.js";

const SLICE = 100;
const PATIENCE_MS = 20000;

async function post(address, csrf, options) {
  const reply = await fetch(address, { method: "POST", redirect: "manual", signal: AbortSignal.timeout?.(PATIENCE_MS), ...options,
    headers: { Accept: "application/json", "X-CSRFToken": csrf, ...options.headers } });
  if (reply.status === 401 || reply.type === "opaqueredirect") throw new Error("sign in");
  return { status: reply.status, said: await reply.json().catch(() => ({})) };
}

async function picture(form, entry) {
  const body = new FormData();
  body.append("id", entry.id);
  const bytes = Uint8Array.from(atob(entry.photo.split(",")[1]), (one) => one.charCodeAt(0)); // a policy forbids fetching data:
  body.append("photo", new Blob([bytes], { type: "image/jpeg" }), "deed.jpg");
  const { status } = await post(form.dataset.photo, form.dataset.csrf, { body });
  if (status < 500 && status >= 400) form.dispatchEvent(new CustomEvent("picture-lost"));
  return status < 500;
}

// "sent", "left" (some wait still, the network or the server is away), "sign in"
export async function send(form) {
  const member = form.dataset.member;
  const all = waiting(member).filter((entry) => !entry.wrong);
  try {
    for (let start = 0; start < all.length; start += SLICE) {
      const part = all.slice(start, start + SLICE);
      const body = JSON.stringify({ deeds: part.filter((one) => !one.stored).map(({ id, kind, step, day, count, note, place, partner, team }) =>
        ({ id, kind, step, day, count, note, place, partner, team })) });
      const { status, said } = await post(form.dataset.send, form.dataset.csrf, { body, headers: { "Content-Type": "application/json" } });
      if (status !== 200) return status === 400 && said.code === "old_form" ? "sign in" : "left";
      const told = new Map(said.answers.map((one) => [one.id, one]));
      for (const entry of part) {
        const one = told.get(entry.id);
        if (one && one.code !== "ok") { keep(member, { ...entry, wrong: one.message }); continue; }
        if (!one && !entry.stored) continue;
        if (entry.photo) {
          keep(member, { ...entry, stored: true });
          if (!(await picture(form, entry))) return "left";
        }
        drop(member, entry.id);
      }
    }
  } catch (problem) {
    return problem.message === "sign in" ? "sign in" : "left";
  }
  return waiting(member).some((entry) => !entry.wrong) ? "left" : "sent";
}
