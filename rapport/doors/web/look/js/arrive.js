// Arriving on a swapped page: begin at its top, put the focus there, and say the toast in the region that stays.
const said = document.getElementById("said");
let path = location.pathname;

// What one page alone needs comes with it: the first visit carries no more than it shows.
const bring = () => document.querySelectorAll("[data-modules]").forEach((one) => one.dataset.modules.split(" ").forEach((address) => import(address)));
bring();

document.addEventListener("htmx:after:swap", () => {
  bring();
  const toast = document.querySelector("#toasts .toast span");
  if (toast) said.textContent = toast.textContent;
  const current = document.querySelector('.q-item[aria-current="true"]');
  current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (!current && location.pathname !== path && !location.hash) scrollTo(0, 0);
  path = location.pathname;
  const left = document.activeElement.closest(".q-item:not([aria-current])"); // seen to: one goes on with the next
  if (left || document.activeElement === document.body) (current ?? document.getElementById("main"))?.focus({ preventScroll: true });
});
