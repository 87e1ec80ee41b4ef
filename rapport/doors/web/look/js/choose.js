// Choosing several rows of a list: Shift takes all between, Escape lets go, and how many are chosen is said.
const boxes = () => [...document.querySelectorAll("[data-pick]")];
let last = null;

const say = () => {
  const out = document.querySelector("[data-picked]");
  if (!out) return;
  const many = boxes().filter((box) => box.checked).length, all = document.querySelector("[data-pick-all]");
  out.textContent = out.dataset.words.replace("#", new Intl.NumberFormat(document.documentElement.lang).format(many));
  all.checked = many > 0 && many === boxes().length;
  all.indeterminate = many > 0 && !all.checked;
};

addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-pick]");
  if (!box) return;
  const all = boxes(), from = all.indexOf(last), to = all.indexOf(box);
  if (event.shiftKey && from >= 0) all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => { one.checked = box.checked; });
  last = box;
  say();
});
addEventListener("change", ({ target }) => {
  if (target.matches("[data-pick-all]")) boxes().forEach((box) => { box.checked = target.checked; });
  if (target.matches("[data-pick-all], [data-pick]")) say();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.closest("dialog") || !boxes().some((box) => box.checked)) return;
  boxes().forEach((box) => { box.checked = false; });
  const whole = document.querySelector(".many [name=all]");
  if (whole) whole.checked = false;
  say();
});
document.addEventListener("htmx:after:swap", say);
say();
