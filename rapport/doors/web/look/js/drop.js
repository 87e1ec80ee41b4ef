// Choosing a folder, or dropping files and folders anywhere on the import page: they are given to its form, with paths.
document.documentElement.toggleAttribute("data-scripts", true);  // what only works by them may be seen
const ask = () => document.querySelector("[data-drop]");

const hold = (form, found) => {
  const held = new DataTransfer();
  for (const [file] of found) held.items.add(file);
  form.elements.files.files = held.files;
  form.paths = found.map(([, path]) => path);
  form.dispatchEvent(new Event("held", { bubbles: true }));
};

// A dropped folder is walked; its files keep their paths, by which a maildir is known.
const files = async (entry) => {
  if (entry instanceof File) return [[entry, entry.name]];
  if (entry.isFile) return [[await new Promise((give, fail) => entry.file(give, fail)), entry.fullPath.replace(/^\//, "")]];
  const reader = entry.createReader(), found = [];
  for (let some; (some = await new Promise((give, fail) => reader.readEntries(give, fail))).length;) found.push(...some);
  return (await Promise.all(found.map(files))).flat();
};

const take = async (form, entries) => hold(form, (await Promise.all(entries.map(files))).flat());

addEventListener("change", ({ target }) => {
  if (!target.matches("[data-drop] [webkitdirectory]")) return;
  hold(target.form, [...target.files].map((file) => [file, file.webkitRelativePath || file.name]));
  target.value = "";
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
