// What this tab keeps over a reload: the text in use, if the address cannot hold it; the one that was refused and stands in
// the box; the name of its file; how far one has come in lessons. Nothing is sent anywhere but back to the server that it
// came from.
const NAMES = { text: "w2v-text", draft: "w2v-draft", file: "w2v-file" };
const LESSONS = "w2v-lessons";
const QUIET = 500; // ms until the page is drawn: to write a book takes longer than a picture of it
const waiting = new Map(); // what is written then, by its key
let loaded = true; // nothing was kept since the page was loaded
let answered = false;
let visit = ""; // of which the server has heard what was kept of lessons

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
  if (said || lessons !== null) setTriggerValue("kept", { ...texts, lessons });
  if (!said && data.keep) {
    for (const [name, key] of Object.entries(NAMES)) keep(key, data.keep[name], name === "draft");
  }
  if (lessons === null && data.lessons) keep(LESSONS, data.lessons);
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
