// Words selected in the text come into the field; the button beside it marks them. Without this they are typed.
const field = () => document.querySelector("[data-marked]");
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const words = selection.toString().trim();
  if (!words || words.length > 200 || !field() || document.activeElement === field()) return;
  const inside = selection.anchorNode?.parentElement?.closest("[data-markable]");
  if (inside) field().value = words.replace(/\s+/g, " ");
});
