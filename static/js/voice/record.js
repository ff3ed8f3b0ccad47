// Record on the page where the browser allows it (HTTPS); the recording becomes the chosen file. It stops at five minutes.
const field = document.querySelector("[name=sound]"), place = document.querySelector("[data-recorder]");
const MOST_S = 300;
if (field && place && navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder) {
  place.hidden = false;
  const button = place.querySelector("[data-record]"), clock = place.querySelector("[data-clock]");
  let recorder = null, ticking = 0;
  const end = () => { clearInterval(ticking); button.classList.remove("danger"); recorder?.stream.getTracks().forEach((track) => track.stop()); };
  button.addEventListener("click", async () => {
    if (recorder?.state === "recording") { recorder.stop(); return; }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) { clock.textContent = "✕"; return; }
    const parts = [], began = Date.now();
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: 64000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      end();
      const given = new DataTransfer();
      given.items.add(new File(parts, "recording", { type: recorder.mimeType }));
      field.files = given.files;
    });
    recorder.start();
    button.classList.add("danger");
    ticking = setInterval(() => {
      const gone = Math.floor((Date.now() - began) / 1000);
      clock.textContent = `● ${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")}`;
      if (gone >= MOST_S) recorder.stop();
    }, 500);
  });
}
