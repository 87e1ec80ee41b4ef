// After a swap: say the toast aloud in the region that stays, and move the focus to what is new.
const said = document.getElementById("said");

document.addEventListener("htmx:after:swap", () => {
  const toast = document.querySelector("#toasts .toast span");
  if (toast) said.textContent = toast.textContent;
  if (document.activeElement === document.body) document.querySelector('.q-item[aria-current="true"], #main')?.focus({ preventScroll: true });
});
