// Times as templates write them, in milliseconds; and how many seconds are said.
const ms = (value, edge) => (value > edge ? value / 1000 : value * 1000);

// a moment: microseconds since 1970, or seconds
export const untilMs = (value) => ms(Number(value), 1e11);

// a duration: microseconds, or seconds up to a day
export const lengthMs = (value) => ms(Number(value), 86_400);

export const spoken = (seconds) => (seconds > 99 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : String(seconds));
