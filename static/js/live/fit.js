// The stage never scrolls: a [data-fit] element steps its type down until its text fits its place. The server guesses
// the first size by the length of the text; this only catches what the guess missed. The texts of one list that are
// marked data-fit-same share the smallest size among them.
const STEPS = 10;
const SLACK_PX = 2;
const TAILS = 0.12; // of the type: what tails and marks of letters stick out of tight lines

function fits(one) {
  const slack = SLACK_PX + TAILS * parseFloat(getComputedStyle(one).fontSize);
  return one.scrollHeight <= one.clientHeight + slack && one.scrollWidth <= one.clientWidth + SLACK_PX;
}

function step(one) {
  for (let at = 0; at < STEPS; at += 1) {
    one.dataset.fit = at;
    if (fits(one)) return at;
  }
  return STEPS - 1;
}

export function fit(root = document) {
  const groups = new Map();
  for (const one of root.querySelectorAll("[data-fit]")) {
    const at = step(one);
    const list = "fitSame" in one.dataset ? one.closest("ol, ul") : null;
    if (list) groups.set(list, Math.max(at, groups.get(list) ?? 0));
  }
  for (const [list, at] of groups) for (const one of list.querySelectorAll("[data-fit-same]")) one.dataset.fit = at;
}
