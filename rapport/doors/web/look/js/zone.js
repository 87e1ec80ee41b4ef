// The first run proposes the time zone of this computer; without scripts one chooses it from the list.
const choice = document.querySelector("#f-time_zone");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (choice?.value === "UTC" && [...choice.options].some((one) => one.value === here)) choice.value = here;
