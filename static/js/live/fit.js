// The stage never scrolls: a [data-fit] element steps its type down until its text fits its place. The server guesses
// the first size by the length of the text; this only catches what the guess missed.
const STEPS = 7;
const SLACK_PX = 2;

export function fit(root = document) {
  for (const one of root.querySelectorAll("[data-fit]")) {
    for (let step = 0; step < STEPS; step += 1) {
      one.dataset.fit = step;
      if (one.scrollHeight <= one.clientHeight + SLACK_PX && one.scrollWidth <= one.clientWidth + SLACK_PX) break;
    }
  }
}
