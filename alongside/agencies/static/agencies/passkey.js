// Passkeys: fetch or read what the server asks, let the browser ask its user, send the answer back in the form.
// Without this script, or in a browser without passkeys, the buttons stay hidden and the other ways remain.

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function get(asked) {
  const publicKey = { ...asked, challenge: toBytes(asked.challenge), allowCredentials: known(asked.allowCredentials) };
  const { response, ...got } = parts(await navigator.credentials.get({ publicKey }));
  return {
    ...got,
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      userHandle: response.userHandle ? toText(response.userHandle) : null,
    },
  };
}

async function create(asked) {
  const user = { ...asked.user, id: toBytes(asked.user.id) };
  const publicKey = { ...asked, challenge: toBytes(asked.challenge), user, excludeCredentials: known(asked.excludeCredentials) };
  const { response, ...got } = parts(await navigator.credentials.create({ publicKey }));
  const transports = response.getTransports?.() ?? [];
  return {
    ...got,
    response: { clientDataJSON: toText(response.clientDataJSON), attestationObject: toText(response.attestationObject), transports },
  };
}

const parts = (credential) => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: credential.response,
});

const written = () => JSON.parse(document.getElementById("asked").textContent);

async function ask(form) {
  if (form.dataset.passkey === "create") return create(written().creation_options.publicKey);
  if (!form.dataset.asked) return get(written().request_options.publicKey);
  const answer = await fetch(form.dataset.asked, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return get((await answer.json()).request_options.publicKey);
}

// A passkey belongs to a name, not to a number: at http://127.0.0.1 there are none, at http://localhost there are.
const possible = window.PublicKeyCredential && !/^[\d.:[\]]+$/.test(location.hostname);
if (possible) document.querySelector("[data-no-passkeys]")?.remove();

for (const form of possible ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const said = form.querySelector("[data-said]");
    said.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      said.hidden = false; // put away, or nothing on this device: try again, or another way
    }
  });
}
