// The size of everything: all lengths of the page are in units of the root's font.
export default function ({ data }) {
  const size = data.large ? "135%" : "";
  if (document.documentElement.style.fontSize !== size) {
    document.documentElement.style.fontSize = size;
    window.dispatchEvent(new Event("w2v-size"));
  }
}
