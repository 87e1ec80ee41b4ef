// Words that are shown once: their buttons copy or print them. Without scripts there are no buttons.
document.documentElement.toggleAttribute("data-scripts", true);

// Where a page came without TLS browsers lend no clipboard: then the words are selected and copied as by hand.
const byHand = (words) => {
  const range = document.createRange();
  range.selectNodeContents(words);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return document.execCommand("copy");
};

const copy = async (button) => {
  const words = document.getElementById(button.dataset.copy);
  const text = [...words.querySelectorAll("code")].map((one) => one.textContent).join("\n");
  const done = await navigator.clipboard?.writeText(text).then(() => true, () => false) || byHand(words);
  button.querySelector("[data-said]").textContent = done ? button.dataset.done : button.dataset.failed;
};

addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (button?.hasAttribute("data-print")) print();
  else if (button) copy(button);
});
