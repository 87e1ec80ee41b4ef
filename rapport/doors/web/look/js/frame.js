// A framed mail as high as it is. Nobody may look into its frame, so its page is laid out a second time in one where
// nothing runs, opens or is clicked, and which is never seen; of that one only the height is read.
const POLICY = "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src data:";
const HIGHEST = 20000; // a longer mail scrolls in its frame

const root = document.documentElement;
const framed = () => document.querySelectorAll(".framed > .mail");
// Of itself a mail follows the system; a theme somebody chose is said to it.
const themed = (address) => [address.split("#")[0], root.dataset.theme].filter(Boolean).join("#");

const measure = async (frame) => {
  if (frame.dataset.measured) return;
  frame.dataset.measured = "";
  const address = frame.src;
  if (themed(address) !== address) frame.src = themed(address);
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => undefined);
  if (!answer?.ok) {
    delete frame.dataset.measured; // it scrolls until the page is asked again
    return;
  }
  const copy = document.createElement("iframe");
  copy.className = "measure";
  copy.setAttribute("sandbox", "allow-same-origin"); // no scripts, no forms, no windows
  copy.setAttribute("aria-hidden", "true");
  copy.tabIndex = -1;
  copy.inert = true;
  copy.srcdoc = (await answer.text()).replace("<head>", `<head><meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
  const follow = () => {
    const inner = copy.contentDocument?.documentElement;
    if (!inner) return;
    const bar = inner.scrollWidth > inner.clientWidth ? 18 : 0; // room for the bar of a table that is too wide
    frame.style.blockSize = `${Math.min(Math.ceil(inner.getBoundingClientRect().height) + bar + 3, HIGHEST)}px`;
  };
  copy.addEventListener("load", () => {
    follow();
    new ResizeObserver(follow).observe(copy);
  });
  frame.after(copy);
};

const all = () => framed().forEach(measure);
const repaint = () => framed().forEach((frame) => frame.contentWindow.location.replace(themed(frame.src)));
new MutationObserver(repaint).observe(root, { attributeFilter: ["data-theme"] });
all();
document.addEventListener("htmx:after:swap", all);
