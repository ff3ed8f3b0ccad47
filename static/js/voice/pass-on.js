// Print, and copy the words. Where the clipboard is closed (no HTTPS) the words are chosen, so that a long press copies.
document.querySelector("[data-print]")?.addEventListener("click", () => print());
document.querySelector("[data-copy]")?.addEventListener("click", async (event) => {
  const words = document.getElementById(event.currentTarget.dataset.copy);
  words.select();
  await navigator.clipboard?.writeText(words.value).catch(() => {});
});
