// Lays pages out in frames of this page, several at once, each at every width, and tells what is cut, covered or off.
async ({ pages, tabs, high }) => {
  const told = [];
  let versions = 1;
  const frames = (win) => new Promise((done) => win.requestAnimationFrame(() => win.requestAnimationFrame(done)));
  const nameOf = (one) => `${one.tagName.toLowerCase()}.${one.getAttribute("class") || ""} "${one.textContent.trim().replace(/\s+/g, " ").slice(0, 30)}"`;
  const HIDDEN = "svg, .visually-hidden, [hidden], select, template, noscript, dialog:not([open]), [aria-hidden=true]";

  function textBoxes(one) {
    const boxes = [], range = one.ownerDocument.createRange();
    for (const node of one.childNodes) {
      if (node.nodeType !== 3 || !node.data.trim()) continue;
      range.selectNodeContents(node);
      boxes.push(...[...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1));
    }
    return boxes;
  }

  // How a part deals with what is wider or higher than itself; asked for once at each width.
  function edgeOf(one, win, edges) {
    if (!edges.has(one)) {
      const { overflowX: x, overflowY: y, position } = win.getComputedStyle(one);
      const hides = { x: /hidden|clip/.test(x), y: /hidden|clip/.test(y) };
      edges.set(one, { scrolls: /auto|scroll/.test(x + y), fixed: position === "fixed", hides, box: hides.x || hides.y ? one.getBoundingClientRect() : null });
    }
    return edges.get(one);
  }

  // By whom a box is cut; null where a part that scrolls may have it scrolled away.
  function cutter(one, box, win, slack, edges) {
    for (let up = one; up && up !== win.document.body; up = up.parentElement) {
      const edge = edgeOf(up, win, edges);
      if (edge.scrolls || (edge.box && (edge.box.width <= 1 || edge.box.height <= 1))) return null; // for ears alone
      if (edge.fixed) return undefined;
      if (edge.hides.x && (box.right > edge.box.right + 2 || box.left < edge.box.left - 2)) return up;
      if (edge.hides.y && (box.bottom > edge.box.bottom + slack || box.top < edge.box.top - slack)) return up;
    }
    return undefined;
  }

  function covering(one, box, win) {
    const x = box.left + Math.min(box.width / 2, 40), y = box.top + box.height / 2;
    const hit = win.document.elementFromPoint(x, y);
    if (!hit || hit.contains(one) || one.contains(hit)) return null;
    for (let up = hit; up && !up.contains(one); up = up.parentElement) {
      const style = win.getComputedStyle(up);
      const paint = style.backgroundColor.match(/[\d.]+/g) || [];
      if (style.opacity < 0.3) return null;
      if (style.backgroundImage !== "none" || (paint.length < 4 ? paint.length : Number(paint[3]) > 0.3)) return hit;
    }
    const over = textBoxes(hit).some((at) => x > at.left && x < at.right && y > at.top + 2 && y < at.bottom - 2);
    return over ? hit : null;
  }

  function faults(win, still) {
    const out = [], edges = new Map(), root = win.document.documentElement, wide = win.innerWidth, tall = win.innerHeight;
    if (root.scrollWidth > wide) {
      const over = [...win.document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > wide + 1).pop();
      out.push(`the page is ${root.scrollWidth} wide${over ? `: ${nameOf(over)}` : ""}`);
    }
    if (still && root.scrollHeight > tall + 1) out.push(`the page is ${root.scrollHeight} high`);
    // a verdict lies over the picture for a moment: what is under it is looked at afterwards
    const floods = [...win.document.querySelectorAll(".flood")], over = floods.flatMap((one) => [...one.querySelectorAll("*")]);
    const under = [...win.document.body.querySelectorAll("*")].filter((one) => !one.closest(".flood"));
    for (const one of [...over, null, ...under]) {
      if (!one) { for (const flood of floods) flood.style.setProperty("display", "none", "important"); continue; }
      if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || one.closest(HIDDEN)) continue;
      if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const style = win.getComputedStyle(one), slack = 3 + 0.3 * parseFloat(style.fontSize);
      if (style.clipPath === "inset(50%)") continue;
      const lines = textBoxes(one);
      for (const box of lines.length > 2 ? [lines[0], lines.at(-1), ...lines.filter((each) => each.right > wide + 1)] : lines) {
        const by = cutter(one, box, win, slack, edges);
        if (by === null) break;
        if (by) { out.push(`cut: ${nameOf(one)} by ${by === one ? "itself" : nameOf(by).split(' "')[0]}`); break; }
        if (box.right > wide + 1 || box.left < -1) { out.push(`outside: ${nameOf(one)}`); break; }
        if (still && (box.bottom > tall + slack || box.top < -slack)) { out.push(`off-screen: ${nameOf(one)}`); break; }
        const over = covering(one, box, win);
        if (over) { out.push(`covered: ${nameOf(one)} by ${nameOf(over)}`); break; }
      }
    }
    for (const flood of floods) flood.style.removeProperty("display");
    return [...new Set(out)].slice(0, 4);
  }

  async function ready(win, how) {
    const until = Date.now() + 120000;
    const done = () => !how || win.document.querySelector(how);
    while (!done() && Date.now() < until) await frames(window);
    await win.document.fonts.ready;
    return done();
  }

  // As high as the page takes; what is measured by the window's height grows with it, a few times.
  function whole(frame, win) {
    for (let tries = 0; tries < 5; tries += 1) {
      const tall = Math.max(high, win.document.documentElement.scrollHeight);
      if (tall === win.innerHeight) return;
      frame.style.height = `${tall}px`;
    }
  }

  async function look(frame, page) {
    const still = Boolean(page.still);
    frame.style.cssText = `width: ${page.widths[0]}px; height: ${high}px`;
    await new Promise((done) => { frame.onload = done; frame.src = page.address; });
    const win = frame.contentWindow;
    if (!(await ready(win, page.ready))) { told.push(`${page.name}: never ready`); return; }
    for (const [name, messages] of page.screens || [["", []]]) {
      await new Promise((done) => setTimeout(done));
      for (const [event, payload] of messages) win.deliver(event, { ...payload, v: ++versions });
      const loading = [...win.document.images].filter((one) => messages.length && !one.complete);
      const loaded = loading.map((one) => new Promise((done) => { one.onload = one.onerror = done; }));
      if (loaded.length) await Promise.race([Promise.all(loaded), new Promise((done) => setTimeout(done, 500))]);
      for (const one of win.document.querySelectorAll("details")) one.open = true;
      for (const width of page.widths) {
        frame.style.width = `${width}px`;
        frame.style.height = `${page.still === "stage" ? Math.round(width * 9 / 16) : high}px`;
        if (page.screens) win.dispatchEvent(new win.Event("resize"));
        if (!still) whole(frame, win);
        told.push(...faults(win, still).map((one) => `${page.name} ${name} at ${width}: ${one}`));
      }
    }
  }

  async function tab() {
    const frame = document.body.appendChild(document.createElement("iframe"));
    for (let page = pages.shift(); page; page = pages.shift()) await look(frame, page);
    frame.remove();
  }
  await Promise.all(Array.from({ length: tabs }, tab));
  return told;
}
