// Light or dark: the choice is kept on this device and applied before the first paint by the one inline line.
const root = document.documentElement;
const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

const choose = (theme) => {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.theme = theme;
  } catch {}
};

addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-toggle]")) choose(isDark() ? "light" : "dark");
});

addEventListener("change", (event) => {
  if (event.target.name === "theme") choose(event.target.value);
});
