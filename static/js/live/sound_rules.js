// What the hall hears and when, as a table. Four kinds, each with its own place in the mix:
//   bed        one at a time, goes round until the phase ends
//   countdown  one at a time: a new one ends the old
//   sting      may lie over a bed
//   override   ends the countdown and silences the bed until the next phase
export const KINDS = {
  lobby: "bed", think: "bed", tick: "countdown", count: "countdown", buzz: "override", over: "override",
  check: "sting", wipe: "sting", ready: "sting", open: "sting", lock: "sting", bars: "sting", right: "sting", wrong: "sting", standings: "sting", place: "sting",
};

// phase -> what begins with it: [name, after how many milliseconds, only where a key is shown]
export const PHASES = {
  lobby: [["lobby", 0]],
  ready: [["ready", 0]],
  open: [["open", 0], ["think", 1_000]],
  answering: [["buzz", 0]],
  closed: [["lock", 0]],
  revealed: [["bars", 0], ["right", 1_900, true]], // when the key turns green: see stage_question.css
  standings: [["standings", 0]],
};

// how loud a kind is beside the others; the host's mixer sets the bed
export const LOUD = { bed: 0.55, countdown: 0.9, sting: 1, override: 1 };
