// What this tab keeps over a reload: the text in use, if the address cannot hold it; the one that was refused and stands in
// the box; the name of its file; how far one has come in lessons. Nothing is sent anywhere but back to the server that it
// came from. A text comes once, with a name, and is told by this name from then on.
const NAMES = { text: "w2v-text", draft: "w2v-draft", file: "w2v-file" };
const LESSONS = "w2v-lessons";
const QUIET = 500; // ms until the page is drawn: to write a book takes longer than a picture of it
const waiting = new Map(); // what is written then, by its key
let loaded = true; // nothing was kept since the page was loaded
let answered = false;
let visit = ""; // of which the server has heard what was kept of lessons
let known = new Map(); // the texts that are kept, by their names
let kept = {}; // what is kept since the page was loaded: names of texts, "" for an empty box, and that of the file

export default function ({ data, setTriggerValue }) {
  const again = loaded && isReload();
  loaded = false;
  const texts = {
    text: data.wanted && !answered ? (read(NAMES.text) ?? "") : null,
    draft: again ? read(NAMES.draft) : null,
    file: again ? read(NAMES.file) : null,
  };
  const lessons = data.visit === visit ? null : read(LESSONS);
  answered = data.wanted;
  visit = data.visit;
  const said = Object.values(texts).some((value) => value !== null);
  const unknown = !said && data.keep !== null && !take(data.keep, data.texts);
  if (said || lessons !== null || unknown) setTriggerValue("kept", { ...texts, lessons, unknown });
  if (lessons === null && data.lessons) keep(LESSONS, data.lessons);
}

/** Keep these texts and this file, and nothing else; false for a text of which only the name is there. */
function take(wanted, texts) {
  const names = [wanted.text, wanted.draft].filter(Boolean);
  for (const name of names) if (name in texts) known.set(name, texts[name]);
  if (!names.every((name) => known.has(name))) return false;
  known = new Map(names.map((name) => [name, known.get(name)]));
  for (const [place, name] of Object.entries(wanted)) {
    if (name === kept[place]) continue;
    keep(NAMES[place], place !== "file" && name ? known.get(name) : name, place === "draft");
  }
  kept = wanted;
  return true;
}

addEventListener("pagehide", writeAll);

/** Keep something, or nothing. */
function keep(key, value, evenEmpty = false) {
  if (!waiting.size) setTimeout(writeAll, QUIET);
  waiting.set(key, value || (evenEmpty && value === "") ? value : null);
}

function writeAll() {
  for (const [key, value] of waiting) write(key, value);
  waiting.clear();
}

/** Whether this page was here before: another link that is opened in this tab is not about the text in the box. */
function isReload() {
  const [how] = performance.getEntriesByType("navigation");
  return how instanceof PerformanceNavigationTiming && how.type !== "navigate";
}

function read(key) {
  if (waiting.has(key)) return waiting.get(key);
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // the browser keeps nothing
  }
}

/** What is too long for the browser is not kept, nor is what was there before. */
function write(key, value) {
  try {
    sessionStorage.removeItem(key);
    if (value !== null) sessionStorage.setItem(key, value);
  } catch {
    // the browser keeps nothing, or not so much
  }
}
