// Mounts the player in a page of its own: the record lies in the page itself, and nobody is told where it rests.
import { setText } from "../kit/dom.js";
import { fullWord } from "../kit/format.js";
import { readHeader } from "../kit/packing.js";
import { mountPlayer } from "./mount.js";

const SPACE_BELOW = 26; // px under the player

function storedRecord() {
  const text = atob(document.getElementById("record").textContent.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function openStandalone() {
  const place = document.getElementById("player");
  const note = document.getElementById("note");
  const record = storedRecord();
  const { title } = readHeader(record);
  const name = fullWord(title || "Watch word2vec learn");
  setText(document.getElementById("title"), name);
  document.title = name;
  const around = () => {
    const above = place.getBoundingClientRect().top + window.scrollY;
    document.documentElement.style.setProperty("--w2v-around", `${Math.ceil(above) + SPACE_BELOW}px`);
  };
  window.w2vAlone = true;
  around();
  window.addEventListener("resize", around);
  note.remove();
  mountPlayer({ data: record, parentElement: place, setStateValue: () => {} });
  const themed = () => mountPlayer({ data: null, parentElement: place, setStateValue: () => {} });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", themed);
}

try {
  openStandalone();
} catch (error) {
  document.getElementById("note")?.replaceChildren("This file is damaged or incomplete: save it again from the app.");
  throw error;
}
