// Beside the single keys. Their caps say what is pressed: Ctrl elsewhere than on a Mac, and one's own keys.
const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

const name = () => {
  const own = JSON.parse(document.body.dataset.ownKeys ?? "{}");
  document.querySelectorAll("kbd:not([data-named])").forEach((cap) => {
    cap.dataset.named = "";
    if (!isMac) cap.textContent = cap.textContent.replace("⌘", "Ctrl ");
    if (!("place" in cap.dataset)) cap.textContent = own[cap.textContent.toLowerCase()]?.toUpperCase() ?? cap.textContent;
  });
};
document.addEventListener("htmx:after:swap", name);
name();

// Who opens a form by its summary goes on writing in it: else the first letter would be a command.
addEventListener("click", (event) => {
  const form = event.target.closest("details.add:not([open]) > summary")?.parentElement;
  if (form) requestAnimationFrame(() => form.querySelector("input:not([type=hidden]), textarea, select")?.focus());
});
