// What is typed or pasted into the box for a text counts as soon as the hand rests, so that one sees what to expect of it
// without leaving the box. Streamlit takes a text over when Ctrl and Enter are pressed in it: that is what is done here.
const REST = 600; // ms
const PUT_IN = ["insertFromPaste", "insertFromDrop"]; // all at once: there is no more to come

let stop = null;

export default function () {
  if (stop) return stop; // it listens already
  let later = 0;
  const typed = (event) => {
    const box = event.target;
    if (!(box instanceof HTMLTextAreaElement) || !box.closest(".st-key-pasted")) return;
    clearTimeout(later);
    if (event.isComposing) return;
    const enter = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true });
    later = window.setTimeout(() => box.dispatchEvent(enter), PUT_IN.includes(event.inputType) ? 0 : REST);
  };
  document.addEventListener("input", typed);
  document.addEventListener("compositionend", typed);
  stop = () => {
    clearTimeout(later);
    document.removeEventListener("input", typed);
    document.removeEventListener("compositionend", typed);
    stop = null;
  };
  return stop;
}
