// Puts numbers into a sentence. Where its language tells one from many the sentence says both: "{n:point|points}".
const CHOICE = /\{(\w+):([^{}|]*)\|([^{}|]*)\}/g;

export function counted(text, values) {
  const chosen = text.replace(CHOICE, (whole, name, one, many) => name in values ? (String(values[name]) === "1" ? one : many) : whole);
  return Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, String(value)), chosen);
}
