// From taps and typing to a choice, and back. Pure: the DOM is somebody else's.

// what people write behind a number without meaning another number
const BEHIND = ["dong", "vnd", "d", "\u20ab", "%"];

const folded = (text) => String(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u0110\u0111]/g, "d").trim().toLowerCase();

// the number alone, without its unit; a word that changes the number (a million) stays, so that it is not read
function bare(text, unit) {
  const typed = folded(text);
  const end = [folded(unit), ...BEHIND].find((one) => one && typed.endsWith(one));
  return (end ? typed.slice(0, -end.length) : typed).replace(/[\s\u00a0\u202f_]/g, "").replace(/^[+]/, "");
}

// "1.234,5" by the customs of the language, with or without its unit; null when it is no number
export function parseNumber(text, lang = "vi", unit = "") {
  let typed = bare(text, unit);
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(typed)) return null;
  // one mark before every three digits, twice or more: thousands in any language
  for (const mark of [".", ","]) if (typed.split(mark).length > 2 && grouped(typed, mark)) typed = typed.split(mark).join("");
  const [thousands, decimal] = lang === "vi" ? [".", ","] : [",", "."];
  const last = Math.max(typed.lastIndexOf("."), typed.lastIndexOf(","));
  const both = typed.includes(".") && typed.includes(",");
  const mark = both ? typed[last] : grouped(typed, thousands) ? decimal : typed.split(/[.,]/).length === 2 ? typed[last] : decimal;
  const other = mark === "." ? "," : ".";
  if (typed.split(mark).length > 2) return null;
  if (typed.includes(other) && !grouped(typed.split(mark)[0], other)) return null;
  typed = typed.split(other).join("").replace(mark, ".");
  const value = Number(typed);
  return Number.isFinite(value) ? value : null;
}

// 1.234 or 12.345.678: the mark stands before every three digits
function grouped(text, mark) {
  const parts = text.replace("-", "").split(mark);
  return parts.length > 1 && /^\d{1,3}$/.test(parts[0]) && parts[0] !== "0" && parts.slice(1).every((one) => /^\d{3}$/.test(one));
}

export const toggled = (picked, id) => (picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);

// the choice of a form, or null while it is not complete; `form`: {picked, marks, text}, `count`: how many options
export function collect(kind, form, count, lang, unit) {
  switch (kind) {
    case "list": return form.picked.length ? [...form.picked] : null;
    case "order": return form.picked.length === count ? [...form.picked] : null;
    case "map": return Object.keys(form.marks).length === count ? { ...form.marks } : null;
    case "number": return parseNumber(form.text, lang, unit);
    case "text": return form.text.trim() || null;
    default: return null;
  }
}

// a stored choice as a form again
export function asForm(choice, lang = "vi") {
  const form = { picked: [], marks: {}, text: "" };
  if (Array.isArray(choice)) form.picked = choice.map(String);
  else if (choice && typeof choice === "object") form.marks = { ...choice };
  else if (typeof choice === "number") form.text = choice.toLocaleString(lang, { maximumFractionDigits: 10 });
  else if (typeof choice === "string") { form.picked = [choice]; form.text = choice; }
  return form;
}

// what to tell a phone after the reveal: right, partly, wrong, none, or "" where nothing was to be got (late, a poll, a buzz)
export function outcome(last, no, { answered = false, keyed = true, buzz = false } = {}) {
  if (!last || last.no !== no) return "";
  if (last.right === true || last.right >= 1000) return "right";
  if (last.points > 0 || last.right > 0) return "partly";
  if (last.points < 0) return "wrong";
  if (!keyed || buzz) return "";
  return answered ? "wrong" : "none";
}
