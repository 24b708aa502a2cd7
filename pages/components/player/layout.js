// How the views share the player's place: a grid that depends on which there are; one below the other where it is narrow.

const NARROW = 700; // px
const TIGHT = 800; // below it the transport has no room in its row for a number to go to
const MEDIUM = 1100;

/** Lay the root out for its width. `has` says of a name whether that view is there. Returns the shape, as text. */
export function layOut(root, has, width, shape) {
  const size = width < NARROW ? "narrow" : width < MEDIUM ? "medium" : "wide";
  root.toggleAttribute("data-tight", size === "medium" && width < TIGHT);
  const wanted = `${size}:${root.dataset.views}`;
  if (wanted === shape) return shape;
  root.dataset.size = size;
  root.dataset.tall = has("map") ? "map" : has("bars") || has("loss") ? "side" : "none";
  root.style.gridTemplate = size === "narrow" ? "" : gridTemplate(has);
  return wanted;
}

/** Text above, map left, bars over loss on the right, transport below. */
function gridTemplate(has) {
  const top = `${has("text") ? '"text text" auto ' : ""}${has("status") ? '"status status" auto ' : ""}`;
  const bottom = has("transport") ? ' "transport transport" auto' : "";
  const side = has("side") ? ["side"] : ["bars", "loss", "why"].filter(has);
  if (has("map") && side.length === 0) return `${top}"map map" minmax(0, 1fr)${bottom} / minmax(0, 1fr) 0px`;
  if (has("map")) {
    const rows = side.map((name) => `"map ${name}" minmax(0, ${name === "bars" ? 1.45 : 1}fr)`).join(" ");
    return `${top}${rows}${bottom} / minmax(0, ${has("why") && !has("side") ? 1.7 : 1.65}fr) minmax(0, 1fr)`;
  }
  if (side.length === 2) return `${top}"bars loss" minmax(0, 1fr)${bottom} / minmax(0, 1.3fr) minmax(0, 1fr)`;
  if (side.length === 1) return `${top}"${side[0]} ${side[0]}" minmax(0, 1fr)${bottom} / minmax(0, 1fr) 0px`;
  return `${top}${bottom} / minmax(0, 1fr) 0px`;
}
