// What acts on the whole page: the size of everything, and room kept for what is still on its way.
const ROOMS = "w2v-rooms";

export default function ({ data }) {
  const { documentElement: root, head } = document;
  let style = document.getElementById(ROOMS);
  if (!style) {
    style = document.createElement("style");
    style.id = ROOMS;
    head.append(style);
  }
  if (style.textContent !== data.rooms) style.textContent = data.rooms;
  const size = data.large ? "135%" : ""; // all lengths of the page are in units of the root's font
  if (root.style.fontSize !== size) {
    root.style.fontSize = size;
    window.dispatchEvent(new Event("w2v-size"));
  }
}
