// What is typed or pasted into the box for a text counts as soon as the hand rests, so that one sees what to expect of it
// without leaving the box. Streamlit takes a text over when Ctrl and Enter are pressed in it: that is what is done here.
// And what is longer than a box takes is kept out of it and reported, for Streamlit would drop it without a word. A text
// that is pasted over one of ours takes its place: between two of its words it would be learned together with it. Of a
// long one only the beginning goes into the box, and all of it straight to Python: over the lines of a book a browser
// is still for seconds.
const REST = 600; // ms
const PUT_IN = ["insertFromPaste", "insertFromDrop"]; // all at once: there is no more to come

const A_TEXT = 100; // characters: what is shorter may be meant to be added
const TEXT = "pasted"; // the key of the box for a text

let stop = null;
let limited = { key: "", most: 0 }; // the box of this page, how many characters it takes, of how many a text of ours is in it
let tell = null;
let bring = null;
let later = 0;
let waiting = null; // the box whose text waits for the hand to rest

const isBox = (box, key) => box instanceof HTMLTextAreaElement && box.closest(`.st-key-${key}`);

/** Have Streamlit take over what stands in the box. */
function takeOver() {
  clearTimeout(later);
  waiting?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
  waiting = null;
}

/** A text is pasted or dropped: let it in where there is room for it. */
function putIn(event) {
  const box = event.target;
  if (!isBox(box, limited.key)) return;
  const dropped = event.type === "drop";
  const text = (dropped ? event.dataTransfer : event.clipboardData)?.getData("text/plain") ?? "";
  const n = text.replaceAll("\r\n", "\n").length; // as the box will hold it
  if (!dropped && n >= A_TEXT && box.selectionStart === box.selectionEnd && box.value.length === limited.ours)
    box.select();
  const replaced = dropped ? 0 : box.selectionEnd - box.selectionStart;
  if (n + box.value.length - replaced <= limited.most) {
    if (!dropped && replaced === box.value.length && isLong(text)) putInApart(event, box, text);
    return;
  }
  event.preventDefault();
  takeOver(); // what was typed just before, which the run that says this would put back
  tell("refused", { n_characters: n, press: Date.now() });
}

/** Whether Python will call a text long, which counts characters where JavaScript counts two for some. */
function isLong(text) {
  const least = limited.long?.from ?? Infinity;
  return text.length >= 2 * least || (text.length >= least && Array.from(text).length >= least);
}

/** Bring a long text to Python, and put its beginning into the box as if it had been typed. */
function putInApart(event, box, text) {
  event.preventDefault();
  const lines = text.replace(/\r\n?/g, "\n").replace(/\p{Surrogate}/gu, "\ufffd"); // as the box would hold it, and send it
  bring("put_in", lines);
  const { beginning, goes_on } = limited.long;
  const held = Array.from(lines.slice(0, 2 * beginning)).slice(0, beginning);
  box.setRangeText(held.join("") + goes_on, 0, box.value.length, "start");
  box.scrollTop = 0;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  waiting = box;
  takeOver();
}

export default function ({ data, setStateValue, setTriggerValue }) {
  limited = data;
  tell = setStateValue;
  bring = setTriggerValue;
  if (stop) return stop; // it listens already
  const typed = (event) => {
    const box = event.target;
    if (!isBox(box, TEXT)) return;
    clearTimeout(later);
    waiting = null;
    if (event.isComposing) return;
    waiting = box;
    later = window.setTimeout(takeOver, PUT_IN.includes(event.inputType) ? 0 : REST);
  };
  document.addEventListener("input", typed);
  document.addEventListener("compositionend", typed);
  document.addEventListener("paste", putIn);
  document.addEventListener("drop", putIn);
  stop = () => {
    clearTimeout(later);
    document.removeEventListener("input", typed);
    document.removeEventListener("compositionend", typed);
    document.removeEventListener("paste", putIn);
    document.removeEventListener("drop", putIn);
    stop = null;
  };
  return stop;
}
