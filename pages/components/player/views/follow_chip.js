// The button that lets go of a word that was chosen.
import { make } from "../../kit/dom.js";

/** Make the button; onFollow() is called when it is pressed. */
export function followChip(onFollow) {
  const title = "This word was chosen, so the bars stay with it. Press to see each center word of the text again.";
  const attributes = { type: "button", class: "w2v-chip", "data-action": "follow", title };
  const chip = make("button", attributes, "follow the text");
  chip.onclick = onFollow;
  return chip;
}
