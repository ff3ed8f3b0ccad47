// Sound or film of a question: sent beside the form, which then keeps only the name it was given.
const input = document.querySelector("[data-clip]");

input?.addEventListener("change", async () => {
  const said = document.querySelector("[data-clip-said]"), file = input.files[0];
  if (!file) return;
  if (file.size > Number(input.dataset.most)) { said.textContent = said.dataset.big; return; }
  said.textContent = said.dataset.wait;
  try {
    const headers = { Accept: "application/json", "Content-Type": "application/octet-stream", "X-CSRFToken": input.dataset.token };
    const reply = await fetch(input.dataset.clip, { method: "POST", body: file, headers });
    const told = await reply.json();
    said.textContent = told.name ? said.dataset.done : told.sentence ?? told.message;
    if (told.name) document.querySelector("[name=clip]").value = told.name;
  } catch {
    said.textContent = said.dataset.lost;
  }
});
