// Three bursts in the house colours; none where motion is unwelcome.
import { create } from "../../vendor/canvas-confetti-1.9.4.js";

const COLOURS = ["#ffc93c", "#e8352e", "#2f7df6", "#ffffff", "#55dd8e"];
const BURSTS_MS = [1_900, 2_600, 3_400];

export function celebrate(canvas) {
  const fire = create(canvas, { resize: true, useWorker: false, disableForReducedMotion: true });
  const shot = (angle, x) => fire({ particleCount: 90, spread: 70, startVelocity: 62, angle, origin: { x, y: 0.75 }, colors: COLOURS, scalar: 1.5, ticks: 320 });
  for (const wait of BURSTS_MS) setTimeout(() => { shot(60, 0.02); shot(120, 0.98); }, wait);
}
