// Select words, type a few letters, Enter. Everything here can be done without it: by sentence numbers, and by the buttons of the codes.
const coder = document.querySelector("#coder");
const [start, end, first, last, code] = ["start", "end", "first", "last", "code"].map((name) => coder.elements[name]);
const chosen = document.querySelector("#chosen");

// Where a point of the selection stands in the text, in code points: JavaScript counts some letters twice.
const place = (node, offset) => {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset] || node;
  const piece = (element.nodeType === Node.ELEMENT_NODE ? element : element.parentElement)?.closest("#talk [data-at]");
  if (!piece) return null;
  return Number(piece.dataset.at) + (node.nodeType === Node.TEXT_NODE ? [...node.data.slice(0, offset)].length : 0);
};

// On a narrow screen the form stands below the text: it comes up for a selection, and the text comes back afterwards.
const narrow = matchMedia("(max-width: 60rem)");
let was = null;

const choose = (from, to, words) => {
  start.value = from;
  end.value = to;
  first.value = last.value = "";
  chosen.querySelector("q").textContent = words.length > 120 ? `${words.slice(0, 80)} … ${words.slice(-30)}` : words;
  chosen.hidden = false;
};

const letGo = () => {
  start.value = end.value = "";
  chosen.hidden = true;
};

const look = () => {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!range.commonAncestorContainer.parentElement?.closest("main")) return;
  const words = selection.toString();
  const lead = words.length - words.trimStart().length;
  const from = place(range.startContainer, range.startOffset);
  let to = place(range.endContainer, range.endOffset);
  if (to === null || to <= from) {
    // the selection ends outside of the words, as after a triple click: it goes to the end of the last piece it touches
    const touched = [...document.querySelectorAll("#talk [data-at]")].filter((piece) => selection.containsNode(piece, true)).at(-1);
    to = touched ? Number(touched.dataset.at) + [...touched.textContent].length : null;
  }
  if (from === null || to === null || to <= from || !words.trim()) return;
  const trail = words.length - words.trimEnd().length;
  choose(from + lead, Math.max(from + lead + 1, to - (to === place(range.endContainer, range.endOffset) ? trail : 0)), words.trim());
  was = narrow.matches ? scrollY : null;
  code.focus({ preventScroll: !narrow.matches });
};
document.addEventListener("pointerup", () => setTimeout(look));
document.addEventListener("keyup", (event) => event.shiftKey && event.key.startsWith("Arrow") && event.target !== code && look());
chosen.querySelector("[data-let-go]").addEventListener("click", letGo);

// The list of codes follows what is typed, whatever the case and the accents.
const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const filter = () => {
  const wanted = plain(code.value.replace(/^\s*\d+\s*([-–—]\s*\d+)?\s*/, "").trim());
  for (const item of coder.querySelectorAll(".codelist li")) item.hidden = wanted && !plain(item.dataset.name).includes(wanted);
};
code.addEventListener("input", filter);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && coder.contains(event.target)) {
    letGo();
    code.value = "";
    filter();
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && (!event.target.matches("input, textarea") || (event.target === code && !code.value))) {
    event.preventDefault();
    document.querySelector("#undo").requestSubmit();
  }
});

// What was coded is in the text; the form is empty again and waits for the next.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.xhr?.status !== 200 || event.detail.requestConfig?.elt !== coder) return;
  letGo();
  for (const field of [first, last, code, coder.elements.words]) field.value = "";
  filter();
  getSelection().removeAllRanges();
  if (was === null) code.focus({ preventScroll: true });
  else scrollTo(0, was);
  was = null;
});
