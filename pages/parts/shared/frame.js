// What acts on the whole page: the size of everything, and placeholders for what is still on its way.
const SHEET = "w2v-placeholders";

export default function ({ data }) {
  const { documentElement: root, head } = document;
  let style = document.getElementById(SHEET);
  if (!style) {
    style = document.createElement("style");
    style.id = SHEET;
    head.append(style);
  }
  if (style.textContent !== data.placeholders) style.textContent = data.placeholders;
  const size = data.large ? "135%" : ""; // all lengths of the page are in units of the root's font
  if (root.style.fontSize !== size) {
    root.style.fontSize = size;
    window.dispatchEvent(new Event("w2v-size"));
  }
}
