// A logo drawn in white on nothing cannot be seen on a white plate: it is told apart by its own pixels and stands on a dark one.
const SIDE = 24, SOLID = 128, PALE = 200;

function isPale(image) {
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0, SIDE, SIDE);
  const { data } = pen.getImageData(0, 0, SIDE, SIDE);
  let luma = 0, solid = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < SOLID) continue;
    solid += 1;
    luma += 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
  }
  return solid > 0 && solid < SIDE * SIDE && luma / solid > PALE;
}

const known = new WeakMap(); // image -> the address that was judged, and how

// the next screen of the server knows nothing of it, so that it is said again after each
export function plateLogos() {
  for (const image of document.querySelectorAll(".logo img, .thrown img")) {
    if (!image.complete || !image.naturalWidth) continue;
    if (known.get(image)?.src !== image.src) known.set(image, { src: image.src, pale: isPale(image) });
    image.toggleAttribute("data-pale", known.get(image).pale);
  }
}

// load does not bubble, but it can be caught on its way down
document.addEventListener("load", plateLogos, true);
