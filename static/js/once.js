// One press sends a form once: a key that is held down and the second half of a double click send nothing more. For some
// seconds only, as a form may answer with a file and its page stays.
const AGAIN_MS = 3000, sent = new WeakMap();
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.repeat && !event.target.closest("textarea")) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (event.timeStamp - (sent.get(form) ?? -AGAIN_MS) < AGAIN_MS) event.preventDefault();
  else sent.set(form, event.timeStamp);
});
