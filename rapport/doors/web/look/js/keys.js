// Single keys: only outside fields, without a modifier, never while an input method composes, off in Settings.
// Letters are matched by place (event.code) where the layout is not Latin, so J works on a Hebrew keyboard.
const one = (selector) => document.querySelector(selector);
const rows = () => [...document.querySelectorAll("[data-row]")];
const go = (address) => location.assign(address);
const press = (selector) => { const found = one(selector); found?.requestSubmit ? found.requestSubmit() : found?.click(); return found; };

const letter = (event) => /^[\x20-\x7e]$/.test(event.key) ? event.key.toLowerCase() : /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : event.code === "Slash" ? (event.shiftKey ? "?" : "/") : event.key;

// Whoever chose other keys in Settings: by the usual key the one they press.
const own = () => JSON.parse(document.body.dataset.ownKeys ?? "{}");
const meant = (key) => Object.entries(own()).find(([, pressed]) => pressed === key)?.[0] ?? (key in own() ? "" : key);

const show = (id) => { const dialog = document.getElementById(id); if (dialog && !dialog.open) { dialog.showModal(); dialog.dispatchEvent(new Event("shown")); } };

const move = (by) => {
  const list = rows();
  if (!list.length) return;
  const queue = list[0].classList.contains("q-item");
  const at = list.findIndex((row) => queue ? row.getAttribute("aria-current") === "true" : row === document.activeElement);
  const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
  if (!next || list[at] === next) return;
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
  next.focus({ preventScroll: true });
  if (queue) { list[at]?.removeAttribute("aria-current"); next.setAttribute("aria-current", "true"); next.click(); }
};

const log = () => {
  const line = one("#main [data-tell]");
  if (line) { line.focus(); line.scrollIntoView({ block: "nearest" }); } else show("log");
};

const keys = {
  j: () => move(1), k: () => move(-1), arrowdown: () => move(1), arrowup: () => move(-1),
  e: () => press('[data-act="done"]'), h: () => press('[data-act="later"]'), x: () => press('[data-act="not-needed"]') ?? document.activeElement.closest("li")?.querySelector("[data-pick]")?.click(),
  z: () => press("[data-undo]") ?? press("#undo-latest"), o: () => (one("[data-open-person]") ?? document.activeElement.closest("[data-row]"))?.click(),
  l: log, n: () => { if ("writes" in document.body.dataset) go("/people/new"); }, "?": () => show("keys"), "/": () => show("palette"),
};
const places = { t: "/", p: "/people", o: "/organizations", i: "/import", s: "/settings" };
let gone = 0;

addEventListener("keydown", (event) => {
  const key = letter(event);
  if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && key === "k") { event.preventDefault(); show("palette"); return; }
  if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.repeat && !["j", "k"].includes(meant(key))) return;
  if (document.body.dataset.keys === "off" || event.target.closest("input, textarea, select, [contenteditable=true], dialog")) return;
  if (event.key.startsWith("Arrow") && !event.target.closest("[data-row]")) return;
  if (Date.now() - gone < 900) { gone = 0; if (places[key]) go(places[key]); return; }
  if (meant(key) === "g") { gone = Date.now(); return; }
  const does = keys[meant(key.toLowerCase())];
  if (does) { event.preventDefault(); does(); }
});

addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener && !event.metaKey && !event.ctrlKey) { event.preventDefault(); show(opener.dataset.open); }
  if (event.target instanceof HTMLDialogElement) event.target.close();
  document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && one(".menu[open] > summary");
  if (menu) { menu.click(); menu.focus(); }
});
