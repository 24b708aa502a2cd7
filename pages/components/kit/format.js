// How numbers and words are written for people.

const UNSEEN = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g; // could reorder or hide what stands around a word
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g;
const LONGEST_LABEL = 40;
const GAP = "\u00a0"; // a space that does not break a line

/** A word without what could reorder or hide the text around it. */
export function fullWord(word) {
  return String(word).replace(UNSEEN, "").replace(CONTROLS, " ") || "(blank)";
}

/** A word as it is shown in pictures: at most 40 characters. */
export function displayWord(word) {
  const clean = fullWord(word);
  const letters = Array.from(clean);
  return letters.length > LONGEST_LABEL ? beginOf(letters, LONGEST_LABEL - 1) : clean;
}

/** Words as they are shown in pictures: those that would read the same are cut in the middle instead. */
export function displayWords(words) {
  const shown = words.map(displayWord);
  const seen = new Map();
  for (const label of shown) seen.set(label, (seen.get(label) ?? 0) + 1);
  return shown.map((label, i) => {
    const letters = seen.get(label) > 1 ? Array.from(fullWord(words[i])) : [];
    return letters.length > LONGEST_LABEL ? endsOf(letters, LONGEST_LABEL - 1) : label;
  });
}

/** So many of the first letters of a word that is cut. */
export function beginOf(letters, n) {
  return `${letters.slice(0, n).join("")}\u2026`;
}

/** So many letters of a word that is cut in its middle. */
export function endsOf(letters, n) {
  const last = n >> 1;
  return `${letters.slice(0, n - last).join("")}\u2026${letters.slice(letters.length - last).join("")}`;
}

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 }); // made once: making it is slow

/** 8640 -> "8,640". */
export function whole(n) {
  return WHOLE.format(Math.round(n));
}

/** Three significant digits, never 0.00 for something that is not zero: 0.123, 12.3, 1,230, 1.20e-07, as in Python. */
export function threeDigits(x) {
  if (x === 0) return "0";
  if (!Number.isFinite(x)) return String(x).replace("-", "\u2212");
  const [digits, power] = Math.abs(x).toExponential(2).split("e");
  const exponent = Number(power); // after rounding: 9.996 is written as 10.0
  let text = `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  if (exponent >= 3 && exponent < 6) text = whole(Math.abs(x));
  else if (exponent >= -4 && exponent < 3) text = Math.abs(x).toFixed(2 - exponent);
  return x < 0 ? `\u2212${text}` : text;
}

/** 0.312 -> "31 %", 0.0312 -> "3.1 %", 0.0003 -> "<0.1 %", as in Python. */
export function percent(p) {
  if (!Number.isFinite(p)) return "?";
  if (p === 0) return "0" + GAP + "%";
  if (p < 0) return "\u2212" + percent(-p);
  if (p < 0.001) return "<0.1" + GAP + "%";
  if (p >= 0.9995 && p < 1 - 1e-11) return ">99.9" + GAP + "%";
  const exact = p < 0.0995 || (p >= 0.995 && p < 1 - 1e-11);
  return (100 * p).toFixed(exact ? 1 : 0) + GAP + "%";
}

/** The change from p to q in words: "up 12 points". */
export function pointsChange(p, q) {
  const points = 100 * (q - p);
  const size = Math.abs(points);
  if (size < 0.05) return "unchanged";
  return `${points > 0 ? "up" : "down"} ${size < 9.95 ? size.toFixed(1) : size.toFixed(0)} points`;
}

/** ["a", "b", "c"] -> "a, b, c", with "and 4 more" when there are many. */
export function listed(words, most) {
  if (words.length <= most) return words.join(", ");
  return `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
}

/** "1 pair", "3 pairs". */
export function counted(n, noun) {
  return `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** -12 -> "\u207b\u00b9\u00b2". */
export function superscript(n) {
  return [...String(n)]
    .map((letter) =>
      letter === "-" ? "\u207b" : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[Number(letter)],
    )
    .join("");
}
