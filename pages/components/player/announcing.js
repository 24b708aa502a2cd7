// What is on show, said in attributes for tests, in words for screen readers, and to other pictures of the page.
import { make, setText } from "../kit/dom.js";
import { counted } from "../kit/format.js";
import { hasUpdates, placeInWords } from "./model/record.js";

const MOST_WORDS = 8;

export class Announcer {
  constructor(root) {
    this.root = root;
    this.live = make("div", { class: "w2v-spoken", "aria-live": "polite", "data-role": "moment" });
    this.last = null; // what was announced last
  }

  /** views: those of the player, by name. */
  mark(record, clock, scene, views) {
    const { dataset } = this.root;
    const set = (name, value) => {
      if (dataset[name] !== value) dataset[name] = value;
    };
    if (dataset.t !== String(clock.moment)) {
      window.dispatchEvent(new CustomEvent("w2v-moment", { detail: { run: record.id, t: clock.moment } }));
    }
    set("t", String(clock.moment));
    set("run", String(record.id));
    if (dataset.playing !== String(clock.playing)) {
      set("playing", String(clock.playing));
      window.dispatchEvent(new CustomEvent("w2v-plays", { detail: clock.playing }));
    }
    set("word", scene.word === null ? "" : String(scene.word));
    set("exact", String(Boolean(scene.exact && !(clock.playing && scene.fast))));
    if (clock.playing || !scene.exact) return;
    const key = `${record.id}:${clock.t}:${scene.word}`;
    if (this.last === key) return;
    const onMap = views.map?.says(scene.word);
    if (onMap) views.map.canvas.setAttribute("aria-label", `${onMap} ${sentence(placeInWords(record, clock.moment))}`);
    const text = describe(record, clock.moment, scene, views.bars?.readout.textContent ?? onMap);
    if (this.last !== null) setText(this.live, text); // not on arrival
    this.last = key;
  }
}

function sentence(words) {
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

function describe(record, moment, { update, done }, prediction) {
  const parts = [sentence(placeInWords(record, moment))];
  const words = (ids) => Array.from(ids.slice(0, MOST_WORDS), (id) => record.labels[id]).join(", ");
  if (done && hasUpdates(record)) parts.push("All updates are done.");
  else if (update && update.windows === 1) {
    parts.push(`Center ${words(update.centers)}, context ${words(update.contexts)}.`);
  } else if (update) parts.push(`${counted(update.size, "example")} in one update.`);
  if (prediction !== undefined) parts.push(prediction);
  return parts.join(" ");
}
