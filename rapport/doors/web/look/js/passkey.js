// Passkeys: asks the server what to ask, the browser for the answer, and sends it with the form the button is in.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (one) => ({ ...one, id: bytes(one.id) });

// What came as text becomes bytes, where the browser wants bytes.
const readable = ({ publicKey: asked }) => ({ publicKey: {
  ...asked,
  challenge: bytes(asked.challenge),
  ...(asked.user && { user: named(asked.user) }),
  ...(asked.excludeCredentials && { excludeCredentials: asked.excludeCredentials.map(named) }),
  ...(asked.allowCredentials && { allowCredentials: asked.allowCredentials.map(named) }),
} });

const sendable = (made) => JSON.stringify({
  id: made.id,
  rawId: text(made.rawId),
  type: made.type,
  clientExtensionResults: made.getClientExtensionResults(),
  response: Object.fromEntries(
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
      .filter((name) => made.response[name]).map((name) => [name, text(made.response[name])]),
  ),
});

const ask = async (button) => {
  const form = button.form, said = form.querySelector("[data-passkey-said]");
  said.textContent = "";
  try {
    const token = form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(button.dataset.passkey, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(answer.status);
    const asked = readable(await answer.json());
    const made = await (button.hasAttribute("data-make") ? navigator.credentials.create(asked) : navigator.credentials.get(asked));
    form.elements[button.dataset.field].value = sendable(made);
    form.noValidate = true;
    form.requestSubmit();
  } catch (fault) {
    // What a browser says where one of those to be left out is on this device.
    said.textContent = fault.name === "InvalidStateError" && button.dataset.known || button.dataset.failed;
  }
};

const show = () => { if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey][hidden]").forEach((one) => { one.hidden = false; }); };
addEventListener("click", (event) => {
  const button = event.target.closest("[data-passkey]");
  if (button) { event.preventDefault(); ask(button); }
});
document.addEventListener("htmx:after:swap", show);
show();
