// Small things that make the pages quicker. Every page works without them.

// htmx puts the server's own fragments into the page; nothing else may turn text into markup, and nothing into script.
window.trustedTypes?.createPolicy("default", { createHTML: (html) => html });

// A page that comes back from memory after leaving shows nothing and asks the server again.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.documentElement.hidden = true;
    location.reload();
  }
});

// Leave now: the page goes blank at once, the session ends on the server, the tab goes elsewhere. Shift three times does the same.
const leave = document.querySelector("[data-leave]");
const go = () => {
  document.documentElement.hidden = true;
  document.title = "";
  location.replace(leave.href);
};
leave?.addEventListener("click", (event) => {
  event.preventDefault();
  go();
});
let shifts = [];
addEventListener("keyup", (event) => {
  if (event.key !== "Shift") {
    shifts = [];
    return;
  }
  shifts = [...shifts.filter((at) => event.timeStamp - at < 5000), event.timeStamp];
  if (shifts.length === 3 && leave) go();
});

// The tab that gave a file away goes blank if the session ended in another tab.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([404, 409, 422].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
});

// Words are kept on the server as they are typed: a form marked data-draft sends itself, two seconds after the last key.
for (const form of document.querySelectorAll("form[data-draft]")) {
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const words = new FormData(form);
      words.set("draft_of", location.pathname);
      fetch(form.dataset.draft, { method: "POST", body: words, keepalive: true });
    }, 2000);
  });
}

// What comes next in a form appears without a reload; without this script the same choice is made by its button.
for (const chooser of document.querySelectorAll("[data-submit-on-change]")) {
  chooser.addEventListener("change", () => chooser.form.requestSubmit());
}
