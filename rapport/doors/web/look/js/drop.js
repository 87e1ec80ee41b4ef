// Dropping files anywhere on the import page: shows what was chosen and how much of it has been sent.
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const size = (bytes) => bytes < 1e6 ? `${number.format(bytes / 1e3)} kB` : `${number.format(bytes / 1e6)} MB`;
const ask = () => document.querySelector("[data-drop]");

const say = (form) => {
  const files = [...form.elements.files.files];
  const names = files.slice(0, 4).map((file) => file.name).join(", ") + (files.length > 4 ? " …" : "");
  const sum = files.reduce((sum, file) => sum + file.size, 0), fits = sum <= Number(form.dataset.most || Infinity);
  form.querySelector("[data-chosen]").textContent = !files.length ? "" : fits ? `${names} · ${size(sum)}` : form.dataset.tooMuch;
  form.toggleAttribute("data-too-large", !fits);
  // What comes next stands out: first to choose, then to read.
  form.querySelector("label.btn").classList.toggle("main-act", !files.length || !fits);
  form.querySelector("[data-send]").classList.toggle("main-act", files.length > 0 && fits);
};

const send = (form) => {
  const request = new XMLHttpRequest();
  const chosen = form.querySelector("[data-chosen]");
  const meter = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  meter.setAttribute("aria-label", chosen.textContent);
  chosen.after(meter);
  form.setAttribute("aria-busy", "true");
  const stop = (words) => { meter.remove(); form.removeAttribute("aria-busy"); chosen.textContent = words; };
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) meter.value = 100 * event.loaded / event.total; });
  request.addEventListener("load", () => {
    if (request.status < 400) return location.assign(request.responseURL);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    stop((answer.querySelector("#files-error, .lead") ?? answer.querySelector("h1"))?.textContent ?? String(request.status));
  });
  request.addEventListener("error", () => { stop(""); form.submit(); });
  request.open("POST", form.action);
  const given = new FormData(form);
  for (const path of form.paths ?? []) given.append("paths", path);
  request.send(given);
};

// A dropped folder is walked; its files keep their paths, by which a maildir is known.
const files = async (entry) => {
  if (entry instanceof File) return [[entry, entry.name]];
  if (entry.isFile) return [[await new Promise((give, fail) => entry.file(give, fail)), entry.fullPath.replace(/^\//, "")]];
  const reader = entry.createReader(), found = [];
  for (let some; (some = await new Promise((give, fail) => reader.readEntries(give, fail))).length;) found.push(...some);
  return (await Promise.all(found.map(files))).flat();
};

const take = async (form, entries) => {
  const found = (await Promise.all(entries.map(files))).flat(), held = new DataTransfer();
  for (const [file] of found) held.items.add(file);
  form.elements.files.files = held.files;
  form.paths = found.map(([, path]) => path);
  say(form);
};

addEventListener("change", (event) => {
  if (!event.target.matches("[data-drop] [type=file]")) return;
  event.target.form.paths = null;
  say(event.target.form);
});
addEventListener("submit", (event) => {
  if (!event.target.matches("[data-drop]")) return;
  event.preventDefault();
  if (!event.target.matches("[aria-busy], [data-too-large]")) send(event.target);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const form = ask();
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", kind === "dragover");
    if (kind === "drop") take(form, [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter(Boolean));
  });
}
