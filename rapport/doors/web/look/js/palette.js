// Find or do: the server finds; this moves the choice with the arrows and opens it with Enter.
const palette = document.getElementById("palette");
const field = palette.querySelector("input");
const options = () => [...palette.querySelectorAll('[role="option"]')];

const mark = (chosen) => {
  options().forEach((option, place) => {
    option.id = `found-${place}`;
    option.setAttribute("aria-selected", String(option === chosen));
  });
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest" });
};

const look = () => { field.select(); field.dispatchEvent(new Event("opened")); };
palette.addEventListener("shown", look);
// Whoever is quick opens it before this, or htmx, listens; what they pressed is not lost.
if (palette.open) look();
document.addEventListener("htmx:after:process", () => { if (palette.open && !options().length) look(); }, { once: true });
document.addEventListener("htmx:after:swap", () => {
  if (!palette.open) return;
  document.getElementById("found").removeAttribute("aria-busy");
  mark(options()[0]);
});

field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const all = options();
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    mark(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
  } else if (event.key === "Enter" && all[at]) {
    event.preventDefault();
    all[at].click();
  }
});

palette.addEventListener("click", (event) => {
  const option = event.target.closest('[role="option"]');
  if (!option) return;
  palette.close();
  if (new URL(option.href).hash === "#keys") { event.preventDefault(); document.getElementById("keys").showModal(); }
});
