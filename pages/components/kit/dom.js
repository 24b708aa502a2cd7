// Small helpers for elements. Words reach the page only as text.
import { beginOf, endsOf } from "./format.js";

/** What takes what is typed, so that its keys mean nothing else. */
export const TYPED_IN = "textarea, [contenteditable], input:not([type=range], [type=radio], [type=checkbox])";

/** Make an element: make("button", { class: "x", "aria-label": "y" }, child, "text"). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) element.append(child);
  return element;
}

/** Set an element's text only when it differs, so that nothing is laid out in vain. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Give an element these children; those that it has of the same kind stay, so that a focus in them is not lost. */
export function setChildren(element, nodes) {
  nodes.forEach((wanted, i) => {
    const node = typeof wanted === "string" ? document.createTextNode(wanted) : wanted;
    const there = element.childNodes[i];
    if (!there) element.append(node);
    else if (!isOfSameKind(there, node)) there.replaceWith(node);
    else if (node.firstElementChild) setChildren(there, [...node.childNodes]);
    else setText(there, node.textContent);
  });
  while (element.childNodes.length > nodes.length) element.lastChild.remove();
}

function isOfSameKind(one, other) {
  const kinds = [one, other].map((node) => [node.nodeName, node.className, node.dataset?.term].join());
  return kinds[0] === kinds[1];
}

/** A drawing from filled outlines on a 24 x 24 grid. */
export function makeIcon(...outlines) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of [
    ["viewBox", "0 0 24 24"],
    ["aria-hidden", "true"],
    ["focusable", "false"],
  ]) {
    svg.setAttribute(name, value);
  }
  for (const outline of outlines) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", outline);
    svg.append(path);
  }
  return svg;
}

/** Fit a canvas to the box it lies in, sharp on every screen. Returns whether its size changed. */
export function fitCanvas(canvas, box) {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(box.clientWidth));
  const height = Math.max(1, Math.round(box.clientHeight));
  if (canvas.width === Math.round(width * ratio) && canvas.height === Math.round(height * ratio)) return false;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  return true;
}

/** A cleared pen in CSS pixels, with the size of the paper. */
export function startDrawing(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const [width, height] = [canvas.width / ratio, canvas.height / ratio];
  pen.clearRect(0, 0, width, height);
  return { pen, width, height };
}

/** Where an event is inside an element, in CSS pixels. */
export function placeIn(element, event) {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** Shorten a text with an ellipsis until it fits: at its end, or in its middle where another one begins like that. */
export function fitText(pen, text, width, others = []) {
  if (pen.measureText(text).width <= width) return text;
  const letters = Array.from(text);
  const begin = longestThatFits(pen, letters, width, beginOf);
  const alike = others.some((other) => other !== text && other.startsWith(begin.slice(0, -1)));
  return alike ? longestThatFits(pen, letters, width, endsOf) : begin;
}

function longestThatFits(pen, letters, width, cut) {
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pen.measureText(cut(letters, middle)).width <= width) low = middle;
    else high = middle - 1;
  }
  return cut(letters, low);
}

/** A step of 1, 2 or 5 times a power of ten, for about `parts` parts of a length. */
export function niceStep(length, parts) {
  const rough = length / Math.max(1, parts);
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  if (share < 1.5) return power;
  if (share < 3.5) return 2 * power;
  return share < 7.5 ? 5 * power : 10 * power;
}

/** The drawings on the buttons of a transport. */
export const ICONS = {
  start: ["M5 5h2.6v14H5z", "M19.5 5v14L8.6 12z"],
  back: ["M16.5 5v14L6.5 12z"],
  play: ["M7.5 4.5v15L20 12z"],
  pause: ["M6.5 5h4v14h-4z", "M13.5 5h4v14h-4z"],
  forward: ["M7.5 5v14l10-7z"],
  end: ["M4.5 5v14l10.9-7z", "M16.4 5H19v14h-2.6z"],
};
