// What this tab keeps over a reload: the text in use, if the address cannot hold it. Nothing is sent anywhere but back to
// the server that it came from.
const NAME = "w2v-text";
let answered = false;

export default function ({ data, setTriggerValue }) {
  if (data.wanted) {
    if (!answered) setTriggerValue("text", read());
    answered = true;
    return;
  }
  answered = false;
  if (data.keep !== null) write(data.keep);
}

function read() {
  try {
    return sessionStorage.getItem(NAME) ?? "";
  } catch {
    return ""; // the browser keeps nothing
  }
}

/** Keep a text; an empty one is none. One that is too long for the browser is not kept, nor is the one before. */
function write(text) {
  try {
    sessionStorage.removeItem(NAME);
    if (text) sessionStorage.setItem(NAME, text);
  } catch {
    // the browser keeps nothing, or not so much
  }
}
