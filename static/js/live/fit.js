// The stage never scrolls: a [data-fit] element steps its type down until its text fits its place. The server guesses
// the first size by the length of the text; this only catches what the guess missed. The texts of one list that are
// marked data-fit-same share the smallest size among them.
// All step together and are measured together: each text by itself would lay the whole picture out for each of its steps.
const STEPS = 10;
const SLACK_PX = 2;
const TAILS = 0.12; // of the type: what tails and marks of letters stick out of tight lines

function fits(one) {
  if (one.scrollWidth > one.clientWidth + SLACK_PX) return false;
  const over = one.scrollHeight - one.clientHeight - SLACK_PX;
  return over <= 0 || over <= TAILS * parseFloat(getComputedStyle(one).fontSize);
}

function put(one, at) {
  if (one.dataset.fit !== `${at}`) one.dataset.fit = at;
}

export function fit(root = document) {
  const all = [...root.querySelectorAll("[data-fit]")];
  const steps = new Map(all.map((one) => [one, 0]));
  let over = all;
  do {
    for (const [one, at] of steps) put(one, at);
    over = all.filter((one) => steps.get(one) < STEPS - 1 && !fits(one));
    for (const one of over) steps.set(one, steps.get(one) + 1);
  } while (over.length);
  const groups = new Map();
  for (const [one, at] of steps) {
    const list = "fitSame" in one.dataset ? one.closest("ol, ul") : null;
    if (list) groups.set(list, Math.max(at, groups.get(list) ?? 0));
  }
  for (const [list, at] of groups) for (const one of list.querySelectorAll("[data-fit-same]")) put(one, at);
}
