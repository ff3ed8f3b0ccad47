// One box ticks all boxes of its form, except those that are to be looked at one by one (data-apart).
for (const form of document.querySelectorAll("[data-select-all]")) {
  const all = form.querySelector("[data-all]");
  const boxes = [...form.querySelectorAll('input[type="checkbox"][name]')];
  const meant = boxes.filter((box) => !("apart" in box.dataset));
  all.addEventListener("change", () => { for (const box of meant) box.checked = all.checked; });
  form.addEventListener("change", () => { all.indeterminate = boxes.some((b) => b.checked) && !(all.checked = meant.length > 0 && meant.every((b) => b.checked)); });
}
