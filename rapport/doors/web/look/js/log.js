// The log line: chips can be taken off, ⌘↵ saves, and words are kept on this device until they are saved.
const dialog = document.getElementById("log");
const key = (form) => `log:${form.elements.about.value}:${form.elements.suggestion.value}`;
const keep = (form, words) => { try { if (words) sessionStorage.setItem(key(form), words); else sessionStorage.removeItem(key(form)); } catch {} };
const kept = (form) => { try { return sessionStorage.getItem(key(form)) ?? ""; } catch { return ""; } };
const restore = () => document.querySelectorAll("[data-telling]").forEach((form) => { form.elements.text.value ||= kept(form); });

addEventListener("click", (event) => {
  const off = event.target.closest("[data-chip-off]");
  if (off) { const form = off.closest("form"); off.closest(".out").remove(); form.elements.text.focus(); }
  const opener = event.target.closest("[data-log]");
  if (!opener || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  event.stopPropagation();
  const line = document.querySelector("#main [data-tell]");
  if (line) { line.scrollIntoView({ block: "center" }); line.focus(); } else dialog.showModal();
}, true);

addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || !event.target.matches("[data-tell]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

addEventListener("input", (event) => { if (event.target.matches("[data-tell]")) keep(event.target.form, event.target.value); });

// Without htmx the page is left now, and these words are on their way.
addEventListener("submit", (event) => { if (event.target.matches("[data-telling]") && !window.htmx) keep(event.target, ""); });

const saving = (event) => { const form = event.detail?.ctx?.sourceElement; return form?.matches?.("[data-telling]") ? form : null; };

document.addEventListener("htmx:after:swap", (event) => {
  const form = saving(event);
  if (form) keep(form, "");
  if (form && dialog.contains(form)) { dialog.close(); form.reset(); form.querySelector(".outs").replaceChildren(); }
  restore();
});

document.addEventListener("htmx:error", (event) => {
  const form = saving(event);
  if (form) form.querySelector(".outs").textContent = form.dataset.unsent;
});

restore();
