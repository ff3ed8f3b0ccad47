// Finds the slot in which each row of the standings stood when they were shown last. Ranks cannot tell: equals share
// one, and a newcomer to the list had none of its slots. So all rows are put in their old order and each takes one slot:
// nobody is missing, nobody covers another.

// rows: [{rank, move, score, gain}] in the new order; gives the old slot of each, 0 the highest
export function oldSlots(rows) {
  const before = (row) => row.rank + row.move;
  const had = (row) => row.score - row.gain;
  const order = rows.map((_, at) => at).sort((a, b) => before(rows[a]) - before(rows[b]) || had(rows[b]) - had(rows[a]) || a - b);
  const slots = [];
  for (const [slot, at] of order.entries()) slots[at] = slot;
  return slots;
}
