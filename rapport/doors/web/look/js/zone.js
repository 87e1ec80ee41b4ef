// The first run proposes the time zone of this computer; without scripts one types or chooses it.
const choice = document.querySelector("#f-time_zone");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone?.replaceAll("_", " ");
if (choice?.value === "UTC" && [...choice.list.options].some((one) => one.value === here)) choice.value = here;
