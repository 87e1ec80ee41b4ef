// The log line: chips can be taken off, ⌘↵ saves, and what was typed is kept on this device until it is saved.
const kept = (form) => `log:${location.pathname}:${form.elements.about.value}`;

const dialog = document.getElementById("log");

addEventListener("click", (event) => {
  const off = event.target.closest("[data-chip-off]");
  if (off) { const form = off.closest("form"); off.closest(".out").remove(); form.querySelector("[data-tell]").focus(); }
  const opener = event.target.closest("[data-log]");
  if (opener && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    event.stopPropagation();
    const line = document.querySelector("#main [data-tell]");
    if (line) { line.scrollIntoView({ block: "center" }); line.focus(); } else dialog.showModal();
  }
}, true);

addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && event.target.matches("[data-tell]")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

addEventListener("input", (event) => {
  if (!event.target.matches("[data-tell]")) return;
  try { sessionStorage.setItem(kept(event.target.form), event.target.value); } catch {}
});

addEventListener("submit", (event) => {
  if (!event.target.matches("[data-telling]")) return;
  try { sessionStorage.removeItem(kept(event.target)); } catch {}
  if (dialog.contains(event.target)) setTimeout(() => { dialog.close(); event.target.reset(); });
});

const restore = () => document.querySelectorAll("[data-tell]").forEach((line) => {
  try { if (!line.value) line.value = sessionStorage.getItem(kept(line.form)) ?? ""; } catch {}
});
restore();
document.addEventListener("htmx:after:swap", restore);
