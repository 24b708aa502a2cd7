// Every color of the player, in one place; each has one meaning in all pictures. Follows the page's light or dark.

const LIGHT = {
  center: "#0072B2",
  context: "#D55E00",
  pull: "#009E73",
  push: "#5F6B78",
  minus: "#CC79A7",
  noiseWord: "#A24A7E",
  onCenter: "#FFFFFF",
  text: "#16202B",
  background: "#FFFFFF",
  panel: "#F2F5F8",
  border: "#C3CBD4",
};
const DARK = {
  center: "#56B4E9",
  context: "#E69F00",
  pull: "#2BB98F",
  push: "#9AA6B4",
  minus: "#CC79A7", // negative weights, drawn negatives
  noiseWord: "#D98DB9", // the same for small words, which need more contrast
  onCenter: "#0B1118",
  text: "#EEF2F6",
  background: "#11161D",
  panel: "#1C2530",
  border: "#465262",
};
// of groups of words: safe for color-blind eyes (Okabe and Ito), and each goes with a shape (see map_marks.js)
const GROUPS = [
  ["#0072B2", "#56B4E9"],
  ["#D55E00", "#E69F00"],
  ["#009E73", "#2BB98F"],
  ["#A8447F", "#CC79A7"],
  ["#8A6D00", "#F0E442"],
  ["#5A6470", "#A9B4C0"],
  ["#3E9BD0", "#9CD3F5"],
  ["#7A3B00", "#FF9E6B"],
]; // light, dark
const FROM_PAGE = {
  text: "--st-text-color",
  background: "--st-background-color",
  panel: "--st-secondary-background-color",
  border: "--st-border-color",
};

/** @typedef {"muted" | "line" | "grid" | "thin" | "noise" | "centerText" | "contextText" | "contextWord" | "contextTint" | "centerTint"} Mixed */

/** Read the page's theme, set the colors as CSS variables on the root, and return them for the canvases. */
export function readTheme(root) {
  const style = getComputedStyle(root);
  const page = (name) => toRgb(style.getPropertyValue(name).trim());
  const background = page("--st-background-color") || [255, 255, 255];
  const dark = luminance(background) < 0.25;
  const colors = /** @type {typeof LIGHT & Record<Mixed, string>} */ ({ ...(dark ? DARK : LIGHT) });
  for (const [role, name] of Object.entries(FROM_PAGE)) {
    const rgb = page(name);
    if (rgb) colors[role] = hex(rgb);
  }
  colors.muted = mixColors(colors.text, colors.background, 0.34);
  colors.line = mixColors(colors.text, colors.background, 0.55);
  colors.grid = mixColors(colors.text, colors.background, 0.91);
  colors.thin = mixColors(colors.text, colors.background, 0.76);
  colors.noise = mixColors(colors.text, colors.background, 0.86);
  colors.centerText = mixColors(colors.center, colors.text, 0.35);
  colors.contextText = mixColors(colors.context, colors.text, 0.3); // for small words, which need more contrast
  colors.contextWord = mixColors(colors.context, colors.text, 0.18); // for words on plain paper
  colors.contextTint = mixColors(colors.context, colors.background, 0.78);
  colors.centerTint = mixColors(colors.center, colors.background, 0.86);
  for (const [role, color] of Object.entries(colors)) root.style.setProperty(`--w2v-${dashed(role)}`, color);
  const groups = GROUPS.map(([light, onDark]) => (dark ? onDark : light));
  // lines of several context words: still orange, told apart by their marks
  const contextShades = [0, 0.5, 0.22, 0.65, 0.36].map((share) => mixColors(colors.context, colors.text, share));
  root.dataset.theme = dark ? "dark" : "light";
  const scale = (parseFloat(style.fontSize) || 16) / 16;
  return { ...colors, contextShades, groups, dark, scale, family: style.fontFamily || "sans-serif" };
}

/** Whether two themes that were read are the same page's colors. */
export function sameColors(one, other) {
  return one.background === other.background && one.text === other.text;
}

/** Call back when the size of everything changes (see frame.js); returns what ends that. */
export function onSizeChange(callback) {
  window.addEventListener("w2v-size", callback);
  return () => window.removeEventListener("w2v-size", callback);
}

/** A font for a canvas; never below 13 px. */
export function canvasFont(theme, px, weight = 400) {
  return `${weight} ${Math.max(13, Math.round(px * theme.scale))}px ${theme.family}`;
}

function dashed(name) {
  return name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());
}

/** @type {Map<string, number[] | null>} what was read before: making what reads a color takes longer than reading it */
const READ = new Map();

/** Any CSS color -> [r, g, b], or null. */
function toRgb(color) {
  if (!READ.has(color)) READ.set(color, !color || color === "unset" ? null : readColor(color));
  return READ.get(color);
}

function readColor(color) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = "#010203";
  pen.fillStyle = color;
  const said = String(pen.fillStyle);
  if (said.startsWith("#")) return [1, 3, 5].map((i) => parseInt(said.slice(i, i + 2), 16));
  const numbers = said.match(/[\d.]+/g);
  return numbers ? numbers.slice(0, 3).map(Number) : null;
}

function hex(rgb) {
  return "#" + rgb.map((n) => Math.round(n).toString(16).padStart(2, "0")).join("");
}

/** `share` 0 is all of a, 1 all of b. */
function mixColors(a, b, share) {
  const [from, to] = [toRgb(a), toRgb(b)];
  return hex(from.map((n, i) => n + share * (to[i] - n)));
}

/** Relative luminance, 0 black to 1 white (WCAG 2.2). */
function luminance(rgb) {
  const [r, g, b] = rgb.map((n) => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
