// The console's list of people: hundreds of rows of which few differ from one screen to the next. Rows are compared as
// the text that was sent; only those that differ are parsed and changed in place, so what is open or picked stays so.
const ROW = /<li id="(p\d+)"[\s\S]*?<\/li>/g;
const shown = new WeakMap(); // row -> the text it was made of

// the screen without its rows, and the rows in order: [id, text]
export function apart(html) {
  const rows = [];
  return { rest: html.replace(ROW, (text, id) => { rows.push([id, text]); return ""; }), rows };
}

export function arrange(list, rows) {
  const old = new Map([...list.children].map((one) => [one.id, one]));
  const fresh = parsed(rows.filter(([id, text]) => shown.get(old.get(id)) !== text).map(([, text]) => text).join(""));
  let next = list.firstElementChild;
  for (const [id, text] of rows) {
    const made = fresh.get(id);
    let row = old.get(id);
    old.delete(id);
    if (!row) row = made;
    else if (made) become(row, made);
    if (made) shown.set(row, text);
    if (row === next) { next = next.nextElementSibling; continue; }
    if (next && row === next.nextElementSibling) { // the one between has moved on: it finds its place further down
      list.append(next);
      next = row.nextElementSibling;
    } else list.insertBefore(row, next);
  }
  for (const gone of old.values()) gone.remove();
}

function parsed(html) {
  const { body } = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html");
  return new Map([...body.firstElementChild.children].map((one) => [one.id, one]));
}

// rows are built alike: words and attributes change where they stand, else the part is exchanged
function become(old, fresh) {
  if (old.nodeName !== fresh.nodeName || old.childNodes.length !== fresh.childNodes.length) return old.replaceWith(fresh);
  if (old.nodeType === Node.TEXT_NODE) { if (old.data !== fresh.data) old.data = fresh.data; return; }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const parts = [...fresh.childNodes];
  [...old.childNodes].forEach((one, i) => become(one, parts[i]));
}
