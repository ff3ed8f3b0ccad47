// Makes a passkey, or signs in with one. What cannot be done here stays hidden.
const form = document.querySelector("[data-passkey]");

async function ask(address, body) {
  const reply = await fetch(address, {
    method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.dataset.csrf }, body: JSON.stringify(body),
  });
  const said = await reply.json();
  if (!reply.ok) throw Object.assign(new Error(), { told: said.message });
  return said;
}

async function run() {
  const adds = form.dataset.passkey === "add";
  const options = await ask(form.dataset.begin, adds ? { password: form.querySelector("[name=password]").value } : {});
  const made = adds
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  location.assign((await ask(form.dataset.end, made.toJSON())).to);
}

if (form && window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector(".error");
    error.hidden = true;
    try { await run(); } catch (problem) { error.textContent = problem.told || form.dataset.failed; error.hidden = false; }
  });
} else document.querySelector("[data-passkey-none]")?.removeAttribute("hidden");
