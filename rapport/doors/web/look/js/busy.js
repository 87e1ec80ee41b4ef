// A pressed button shows that it is at work until its answer is here. What asks for itself again waits so long: its
// answer would put an untouched button in the place of the pressed one.
const waits = (event) => { if (event.detail?.ctx?.sourceElement?.querySelector?.("form.htmx-request")) event.preventDefault(); };
document.addEventListener("htmx:before:request", waits);
document.addEventListener("htmx:before:swap", waits);
