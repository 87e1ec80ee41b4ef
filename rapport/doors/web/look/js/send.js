// The files of the import page: shows which were chosen, says before sending that it is too much, and how far it is sent.
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const size = (bytes) => bytes < 1e6 ? `${number.format(bytes / 1e3)} kB` : `${number.format(bytes / 1e6)} MB`;

const say = (form) => {
  const files = [...form.elements.files.files];
  const names = files.slice(0, 4).map((file) => file.name).join(", ") + (files.length > 4 ? " …" : "");
  const sum = files.reduce((sum, file) => sum + file.size, 0), count = files.length > 4 ? ` (${number.format(files.length)})` : "";
  const refused = files.length > Number(form.dataset.mostFiles || Infinity) ? form.dataset.tooMany
    : sum > Number(form.dataset.most || Infinity) ? form.dataset.tooMuch : "", fits = !refused;
  form.querySelector("[data-chosen]").textContent = files.length ? refused || `${names}${count} · ${size(sum)}` : "";
  form.toggleAttribute("data-too-large", !fits);
  // What comes next stands out: first to choose, then to read.
  form.querySelector("label.btn").classList.toggle("main-act", !files.length || !fits);
  form.querySelector("[data-send]").classList.toggle("main-act", files.length > 0 && fits);
};

// What the answer says is wrong stands where its page has it; the files stay named.
const refuse = (form, answer, status) => {
  const mine = answer.querySelector("#mine-error"), field = mine ? form.elements.as : form.elements.files;
  const said = document.createElement(mine ? "span" : "p");
  said.append(...(mine ?? answer.querySelector("#files-error") ?? answer.querySelector(".lead, h1"))?.childNodes ?? [String(status)]);
  Object.assign(said, { className: "err", id: mine ? "mine-error" : "files-error", role: "alert" });
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", mine ? "mine-hint mine-error" : "files-error");
  mine ? field.after(said) : form.querySelector("[data-chosen]").before(said);
  if (mine) field.focus();
};

const send = (form) => {
  const request = new XMLHttpRequest();
  const chosen = form.querySelector("[data-chosen]");
  const meter = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  meter.setAttribute("aria-label", chosen.textContent);
  chosen.after(meter);
  form.setAttribute("aria-busy", "true");
  form.querySelectorAll(".err").forEach((one) => one.remove());
  for (const one of [form.elements.files, form.elements.as]) one.removeAttribute("aria-invalid");
  const stop = () => { meter.remove(); form.removeAttribute("aria-busy"); };
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) meter.value = 100 * event.loaded / event.total; });
  request.addEventListener("load", () => {
    if (request.status < 400) return location.assign(request.responseURL);
    stop();
    refuse(form, new DOMParser().parseFromString(request.responseText, "text/html"), request.status);
  });
  request.addEventListener("error", () => { stop(); form.submit(); });
  request.open("POST", form.action);
  const given = new FormData(form);
  if (form.paths) given.append("paths", JSON.stringify(form.paths));
  request.send(given);
};

addEventListener("held", ({ target }) => say(target));
addEventListener("change", ({ target }) => {
  if (!target.matches("[data-drop] [name=files]")) return;
  target.form.paths = null;
  say(target.form);
});
addEventListener("submit", (event) => {
  if (!event.target.matches("[data-drop]")) return;
  event.preventDefault();
  if (!event.target.matches("[aria-busy], [data-too-large]")) send(event.target);
});
document.querySelectorAll("[data-drop]").forEach(say); // what was chosen before this was here
