// What this tab keeps over a reload: the text in use, if the address cannot hold it; the one that was refused and stands in
// the box; the name of its file. Nothing is sent anywhere but back to the server that it came from.
const NAMES = { text: "w2v-text", draft: "w2v-draft", file: "w2v-file" };
let loaded = true; // nothing was kept since the page was loaded
let answered = false;

export default function ({ data, setTriggerValue }) {
  const again = loaded && isReload();
  loaded = false;
  const kept = {
    text: data.wanted && !answered ? (read("text") ?? "") : null,
    draft: again ? read("draft") : null,
    file: again ? read("file") : null,
  };
  answered = data.wanted;
  if (Object.values(kept).some((value) => value !== null)) setTriggerValue("kept", kept);
  else if (data.keep) for (const name of Object.keys(NAMES)) write(name, data.keep[name]);
}

/** Whether this page was here before: another link that is opened in this tab is not about the text in the box. */
function isReload() {
  const [how] = performance.getEntriesByType("navigation");
  return how instanceof PerformanceNavigationTiming && how.type !== "navigate";
}

function read(name) {
  try {
    return sessionStorage.getItem(NAMES[name]);
  } catch {
    return null; // the browser keeps nothing
  }
}

/** Keep something, or nothing. What is too long for the browser is not kept, nor is what was there before. */
function write(name, value) {
  try {
    sessionStorage.removeItem(NAMES[name]);
    if (value || (name === "draft" && value === "")) sessionStorage.setItem(NAMES[name], value);
  } catch {
    // the browser keeps nothing, or not so much
  }
}
