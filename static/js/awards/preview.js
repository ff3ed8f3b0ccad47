// A picture of a document is drawn beside its page: until it is there the address answers 202 with an empty sheet.
const SOON_MS = 400;
const TRIES = 40;

async function drawn(address) {
  try {
    return (await fetch(address, { cache: "reload" })).status !== 202;
  } catch {
    return false; // nobody answers just now
  }
}

async function wait(picture) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await drawn(picture.src)) break;
    await new Promise((done) => { setTimeout(done, SOON_MS * (1 + tries / 4)); });
  }
  const address = new URL(picture.src);
  address.searchParams.set("drawn", "1");
  picture.src = address.href;
  picture.removeAttribute("aria-busy");
}

for (const picture of document.querySelectorAll("img[data-drawn-beside]")) {
  picture.setAttribute("aria-busy", "true");
  wait(picture);
}
