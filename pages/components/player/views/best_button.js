// To the best of the passes, where there are others after it.
import { make, setText } from "../../kit/dom.js";
import { whole } from "../../kit/format.js";
import { bestBeforeEnd } from "../model/record.js";

export class BestButton {
  constructor(clock) {
    this.el = make("button", {
      type: "button",
      class: "w2v-quiet w2v-next",
      "data-action": "best",
      title: "The pass that guesses best where it has not learned: other pages open with it",
    });
    this.el.onclick = () => clock.goTo(this.at);
  }

  setRecord(record) {
    this.at = bestBeforeEnd(record);
    this.el.hidden = this.at === null;
    setText(this.el, this.at === null ? "" : `Best: pass ${whole(record.pass_numbers[this.at])}`);
  }
}
