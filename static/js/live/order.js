// The order before: which slot each row of the standings stood in when they were shown last. A rank is no slot: ranks
// are shared, and who comes from below the list had none of its slots. So everybody here is put in the old order, and
// each slot is taken once: nobody is missing, nobody covers another.

// rows: [{rank, move, score, gain}] in the new order; gives the old slot of each, 0 the highest
export function oldSlots(rows) {
  const before = (row) => row.rank + row.move;
  const had = (row) => row.score - row.gain;
  const order = rows.map((_, at) => at).sort((a, b) => before(rows[a]) - before(rows[b]) || had(rows[b]) - had(rows[a]) || a - b);
  const slots = [];
  for (const [slot, at] of order.entries()) slots[at] = slot;
  return slots;
}
