// The log line: chips can be taken off, ⌘↵ saves, and words are kept on this device until they are saved.
const dialog = document.getElementById("log");
const key = (form) => `log:${form.elements.about.value}:${form.elements.suggestion.value}`;
const keep = (form, words) => { try { if (words) sessionStorage.setItem(key(form), words); else sessionStorage.removeItem(key(form)); } catch {} };
const kept = (form) => { try { return sessionStorage.getItem(key(form)) ?? ""; } catch { return ""; } };
const restore = () => document.querySelectorAll("[data-telling]:not([aria-busy])").forEach((form) => { form.elements.text.value ||= kept(form); });

addEventListener("click", (event) => {
  const off = event.target.closest("[data-chip-off]");
  if (off) { const form = off.closest("form"); off.closest(".out").remove(); form.elements.text.focus(); }
  const opener = event.target.closest("[data-log]");
  if (!opener || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  event.stopPropagation();
  const line = document.querySelector("#main [data-tell]");
  if (line) { line.scrollIntoView({ block: "center" }); line.focus(); } else dialog?.showModal();
}, true);

addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || !event.target.matches("[data-tell]")) return;
  event.preventDefault();
  if (!event.target.form.ariaBusy) event.target.form.requestSubmit();
});

addEventListener("input", (event) => { if (event.target.matches("[data-tell]")) keep(event.target.form, event.target.value); });

// Without htmx the page is left now, and these words are on their way.
addEventListener("submit", (event) => { if (event.target.matches("[data-telling]") && !window.htmx) keep(event.target, ""); });

const saving = (event) => { const form = event.detail?.ctx?.sourceElement; return form?.matches?.("[data-telling]") ? form : null; };

const unsent = (form) => form.querySelector("[data-unsent]");
const busy = (form, is) => { form.ariaBusy = is ? "true" : null; form.querySelector(".main-act").disabled = is; };

// On their way the words leave the line: left there they would be sent once more. They wait on this device.
document.addEventListener("htmx:before:request", (event) => {
  const form = saving(event);
  if (!form) return;
  if (form.ariaBusy) { event.preventDefault(); return; }
  keep(form, form.elements.text.value);
  busy(form, true);
  unsent(form).hidden = true;
  form.elements.text.value = "";
});

// Not after the swap: by then the form is gone, and htmx names what came in its place.
document.addEventListener("htmx:after:request", (event) => {
  const form = saving(event);
  if (!form) return;
  if (event.detail.ctx.response.status < 500) keep(form, "");
  if (event.detail.ctx.response.status < 400) form.elements.text.blur(); // so that the next key is one of ours: Z
  busy(form, false);
  if (dialog?.contains(form)) { dialog.close(); form.reset(); form.querySelector(".outs").replaceChildren(); }
});

document.addEventListener("htmx:after:swap", restore);

document.addEventListener("htmx:error", (event) => {
  const form = saving(event);
  if (!form) return;
  busy(form, false);
  form.elements.text.value ||= kept(form);
  unsent(form).hidden = false;
});

restore();
