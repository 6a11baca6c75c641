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

// A page that nobody else is to see closes as soon as another tab or window covers it. A page that is left is
// hidden too, and then whoever leaves goes where they were going.
const closes = document.querySelector("[data-closes]");
let left = false;
addEventListener("pagehide", () => {
  left = true;
});
document.addEventListener("visibilitychange", () => {
  if (closes && document.hidden && !left) location.replace(closes.href);
});

// Words are kept on the server as they are typed: a form marked data-draft sends itself, two seconds after the last key.
for (const form of document.querySelectorAll("form[data-draft]")) {
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const words = new FormData(form);
      words.set("draft_of", new URL(form.getAttribute("action") || "", location.href).pathname);
      fetch(form.dataset.draft, { method: "POST", body: words, keepalive: true });
    }, 2000);
  });
}

// What is true only with this script is said only with it.
for (const said of document.querySelectorAll("[data-scripted]")) said.hidden = false;

// What comes next in a form appears without a reload; without this script the same choice is made by its button.
for (const chooser of document.querySelectorAll("[data-submit-on-change]")) {
  chooser.addEventListener("change", () => chooser.form.requestSubmit());
}

// Names and words are covered at once, and the server is told; without this script it answers with the page covered.
const cover = document.querySelector("form[data-quiet]");
cover?.addEventListener("submit", (event) => {
  event.preventDefault();
  const covered = document.body.classList.toggle("quiet-page");
  cover.querySelector("button").setAttribute("aria-pressed", covered);
  fetch(cover.action, { method: "POST", body: new FormData(cover), keepalive: true });
});

// A button that prints stands in place of the words that say how to print without it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.nextElementSibling.hidden = true;
  button.addEventListener("click", () => print());
}

// A menu closes with Escape, which gives the focus back to its button; when something outside it is pressed; and when another opens.
const menus = () => document.querySelectorAll("details.do[open], details.more[open]");
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});
addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("toggle", (event) => {
  if (!event.target.open || !event.target.matches?.(".do, .more")) return;
  for (const menu of menus()) if (menu !== event.target) menu.open = false;
}, true);

// Keys, looked up and switched off at the help page: "?" leads there, "/" to the search, "g" and a number to a place of the menu.
const keys = document.body.dataset.keys;
let going = 0;
addEventListener("keydown", (event) => {
  const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (!keys || writes || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector("main input[type=search]");
  const place = event.timeStamp - going < 2000 && document.querySelector(`[data-place="${CSS.escape(event.key)}"]`);
  going = event.key === "g" ? event.timeStamp : 0;
  if (event.key === "?") location.assign(keys);
  else if (event.key === "/" && search) search.focus();
  else if (place) location.assign(place.href);
  else return;
  event.preventDefault();
});
