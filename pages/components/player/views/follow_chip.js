// The button that lets go of a word that was chosen.
import { make, makeIcon } from "../../kit/dom.js";

const PIN = "M8 3h8v2h-1.2l.6 5.4 3.1 2.9V15h-5.4v5L12 22l-1.1-2v-5H5.5v-1.7l3.1-2.9L9.2 5H8z";

/** Make the button; onFollow() is called when it is pressed. */
export function followChip(onFollow) {
  const title = "This word was chosen, so the bars stay with it. Press to see each center word of the text again.";
  const attributes = {
    type: "button",
    class: "w2v-chip",
    "data-action": "follow",
    "aria-label": "Follow the text",
    title,
  };
  const chip = make("button", attributes, makeIcon(PIN));
  chip.onclick = onFollow;
  return chip;
}
