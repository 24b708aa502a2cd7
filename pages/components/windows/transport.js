// Play, step, and go to any window of the text.
import { ICONS, make, makeIcon, setText } from "../kit/dom.js";
import { whole } from "../kit/format.js";

const THUMB = 20; // px; the same as in view.css
const SPEEDS = [
  ["1", "1 a second"],
  ["4", "4 a second"],
  ["20", "20 a second"],
  ["all", "whole text in 10 s"],
];

export class WindowTransport {
  constructor({ onPlay, onGo, onStep }) {
    this.playing = null;
    this.play = make("button", { type: "button", class: "w2v-wv-play", "data-do": "play" });
    this.play.onclick = onPlay;
    const button = (name, says, act) => {
      const element = make(
        "button",
        { type: "button", "aria-label": says, title: says, "data-do": name },
        makeIcon(...ICONS[name]),
      );
      element.onclick = act;
      return element;
    };
    this.start = button("start", "To the start (Home)", () => onGo(0));
    this.back = button("back", "One window back (left arrow)", () => onStep(-1));
    this.forward = button("forward", "One window forward (right arrow)", () => onStep(1));
    this.end = button("end", "To the end (End)", () => onGo(Infinity));
    this.scrubber = make("input", { type: "range", min: "0", step: "1", "aria-label": "Window" });
    this.scrubber.oninput = () => onGo(Number(this.scrubber.value));
    this.where = make("output", { class: "w2v-wv-where" });
    this.speed = make("select", { "aria-label": "Speed" });
    for (const [value, says] of SPEEDS) this.speed.append(make("option", { value }, says));
    this.speed.value = "4";
    this.el = make(
      "div",
      { class: "w2v-wv-transport" },
      make("div", { class: "w2v-wv-buttons" }, this.start, this.back, this.play, this.forward, this.end),
      this.scrubber,
      this.where,
      this.speed,
    );
  }

  /** Windows a second. */
  rate(nWindows) {
    return this.speed.value === "all" ? Math.max(1, nWindows / 10) : Number(this.speed.value);
  }

  draw(k, text, playing) {
    const last = text.nWindows - 1;
    if (this.playing !== playing) {
      this.playing = playing;
      this.play.replaceChildren(makeIcon(...ICONS[playing ? "pause" : "play"]), playing ? "Pause" : "Play");
      this.play.setAttribute("aria-label", playing ? "Pause (space)" : "Play (space)");
    }
    this.scrubber.max = String(last);
    this.scrubber.value = String(k);
    const passed = last ? k / last : 1;
    this.scrubber.style.setProperty("--w2v-wv-passed", `calc(${100 * passed}% + ${THUMB * (0.5 - passed)}px)`);
    this.scrubber.setAttribute(
      "aria-valuetext",
      `window ${whole(k + 1)} of ${whole(last + 1)}, center ${text.label(text.centerOf(k))}`,
    );
    setText(this.where, `window ${whole(k + 1)} of ${whole(last + 1)}`);
    for (const button of [this.start, this.back]) button.setAttribute("aria-disabled", String(k === 0));
    for (const button of [this.forward, this.end]) button.setAttribute("aria-disabled", String(k === last));
  }
}
