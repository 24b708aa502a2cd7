// Of a file that is larger than the box takes the browser sends the beginning alone: Streamlit would refuse the whole of
// it, and nobody can cut a file of four gigabytes by hand. Whoever reads it sees by its size that it was cut.
let stop = null;

/** data.key : of the box;  data.most : bytes of one file */
export default function ({ data }) {
  if (stop) return stop; // it listens already
  const chosen = (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.type === "file" && isIn(box, data.key))
      hand(event, box, box.files, data.most);
  };
  const dropped = (event) => {
    const place = event.target instanceof Element ? event.target.closest(`.st-key-${data.key}`) : null;
    const box = place?.querySelector("input[type=file]");
    if (box) hand(event, box, event.dataTransfer.files, data.most);
  };
  document.addEventListener("change", chosen, true);
  document.addEventListener("drop", dropped, true);
  stop = () => {
    document.removeEventListener("change", chosen, true);
    document.removeEventListener("drop", dropped, true);
    stop = null;
  };
  return stop;
}

function isIn(box, key) {
  return box.closest(`.st-key-${key}`) !== null;
}

/** Hand the box the beginnings of files in the place of files that are too large, as if these had been chosen. */
function hand(event, box, files, most) {
  if (![...files].some((file) => file.size > most)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const cut = new DataTransfer();
  for (const file of files) cut.items.add(new File([file.slice(0, most)], file.name));
  if (event.type === "drop") event.target.dispatchEvent(new DragEvent("dragleave", { bubbles: true }));
  box.files = cut.files;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}
