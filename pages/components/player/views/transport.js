// To start, back, play, forward, to end; a scrubber over every update; speed; go to; next update with a word.
import { ICONS, fitCanvas, make, makeIcon, setText } from "../../kit/dom.js";
import { whole } from "../../kit/format.js";
import { FIRST_SPEED, PASS_SPEEDS, SPEEDS } from "../model/pace.js";
import { hasUpdates, placeInWords } from "../model/record.js";
import { BestButton } from "./best_button.js";
import { THUMB, drawTicks } from "./transport_ticks.js";

function setName(button, name) {
  button.setAttribute("aria-label", name);
  button.title = name;
}

export class Transport {
  /** `on` has speedChosen() and goToNextWith(); `stop` is a control, or null. */
  constructor(clock, on, stop) {
    this.clock = clock;
    this.on = on;
    this.ticks = make("canvas", { class: "w2v-ticks", "aria-hidden": "true" });
    this.range = make("input", {
      type: "range",
      min: "0",
      step: "1",
      class: "w2v-range",
      "aria-label": "Update",
      "data-action": "scrub",
    });
    this.range.oninput = () => clock.scrub(Number(this.range.value), false);
    this.range.onchange = () => clock.scrub(Number(this.range.value), true);
    this.scrubber = make("div", { class: "w2v-scrubber" }, this.ticks, this.range);
    this.best = new BestButton(clock);
    const quiet = stop ? [this.buildSpeed(), stop.el] : [this.buildSpeed()];
    this.controls = make(
      "div",
      { class: "w2v-controls" },
      this.buildButtons(),
      ...quiet,
      this.buildGoTo(),
      this.buildNext(),
      this.best.el,
    );
    this.message = make("p", { class: "w2v-said", role: "status", "data-role": "stopped" });
    this.message.hidden = true;
    this.later = make("p", { class: "w2v-later" }, "Play and the slider come after your answer.");
    const panel = { class: "w2v-panel w2v-transport", "aria-label": "Transport" };
    this.el = make("section", panel, this.message, this.scrubber, this.controls, this.later);
  }

  /** A sentence over the scrubber, or none. */
  say(text) {
    setText(this.message, text);
    this.message.hidden = !text;
  }

  buildButtons() {
    const { clock } = this;
    const button = (action, name, icon, press) => {
      const made = make(
        "button",
        { type: "button", class: "w2v-button", "data-action": action },
        makeIcon(...ICONS[icon]),
      );
      setName(made, name);
      made.onclick = press;
      return made;
    };
    this.play = button("play", "Play", "play", () => clock.toggle());
    this.play.classList.add("w2v-play");
    this.playIcon = this.play.firstChild;
    this.pauseIcon = makeIcon(...ICONS.pause);
    this.playName = make("span", {}, "Play");
    this.play.append(this.playName);
    this.play.title = "Play or pause (space)";
    const [start, back, forward, end] = [
      button("start", "To the start (Home)", "start", () => clock.goTo(0)),
      button("back", "One update back (left arrow)", "back", () => clock.stepBy(-1)),
      button("forward", "One update forward (right arrow)", "forward", () => clock.stepBy(1)),
      button("end", "To the end (End)", "end", () => clock.goTo(clock.last)),
    ];
    this.atStart = [start, back];
    this.atEnd = [forward, end];
    const group = { class: "w2v-buttons", role: "group", "aria-label": "Playing" };
    return make("div", group, start, back, this.play, forward, end);
  }

  buildSpeed() {
    this.speed = make("select", { class: "w2v-select", "aria-label": "Speed", "data-action": "speed" });
    for (const [value, name] of SPEEDS) this.speed.append(make("option", { value }, name));
    this.speed.onchange = () => this.on.speedChosen();
    return this.speed;
  }

  buildGoTo() {
    this.number = make("input", {
      type: "number",
      min: "0",
      step: "1",
      class: "w2v-input w2v-number",
      "data-action": "go-to",
      "aria-label": "Go to update",
    });
    this.number.onchange = () => this.goToNumber();
    this.number.onkeydown = (event) => {
      if (event.key === "Enter") this.goToNumber();
    };
    this.total = make("span", { class: "w2v-total" });
    this.goTo = make("label", { class: "w2v-goto" }, "Update", this.number, this.total);
    return this.goTo;
  }

  goToNumber() {
    const t = Math.round(Number(this.number.value));
    if (this.number.value.trim() === "" || !Number.isFinite(t)) return;
    this.clock.goTo(t);
  }

  buildNext() {
    this.nextWord = make("b", { class: "w2v-next-word" });
    this.next = make(
      "button",
      { type: "button", class: "w2v-quiet w2v-next", "data-action": "next-with-word" },
      "Next ",
      make("span", { class: "w2v-wide-only" }, "update "),
      "with ",
      this.nextWord,
    );
    this.next.onclick = () => this.on.goToNextWith();
    return this.next;
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.best.setRecord(record);
    this.el.toggleAttribute("data-held", Boolean(record.held));
    this.range.max = String(record.n_steps);
    this.number.max = String(record.n_steps);
    setText(this.total, `of ${whole(record.n_steps)}`);
    this.nameUnit(record.unit);
    this.number.style.width = `${Math.max(3, String(record.n_steps).length) + 4.2}ch`;
    this.drawTicks();
  }

  /** Passes instead of updates: there are few of them, and none belongs to a word. */
  nameUnit(unit) {
    if (this.unit === unit) return;
    this.unit = unit;
    const passes = unit === "pass";
    for (const [i, [, name]] of SPEEDS.entries()) {
      this.speed.options[i].textContent = passes ? name.replace("updates", "passes").replace("update", "pass") : name;
      this.speed.options[i].hidden = passes && !PASS_SPEEDS.includes(SPEEDS[i][0]);
    }
    this.speed.value = FIRST_SPEED[unit];
    this.goTo.hidden = passes; // the slider has a place for each pass
    this.range.setAttribute("aria-label", passes ? "Pass" : "Update");
    setName(this.atStart[1], `One ${unit} back (left arrow)`);
    setName(this.atEnd[0], `One ${unit} forward (right arrow)`);
  }

  setTheme(theme) {
    this.theme = theme;
    this.drawTicks();
  }

  resize() {
    const changed = fitCanvas(this.ticks, this.scrubber);
    if (changed) this.drawTicks();
    const { controls } = this; // where it sticks to the window, all but the buttons hang out of it
    this.el.style.setProperty("--w2v-hang", `${controls.clientHeight - controls.firstChild.clientHeight}px`);
    const [top, all] = [this.el, this.el.parentElement].map((element) => element.getBoundingClientRect().top);
    document.documentElement.style.setProperty("--w2v-above", `${top - all}px`); // for frame.css
    return changed;
  }

  drawTicks() {
    if (this.record && this.theme) drawTicks(this.ticks, this.record, this.theme);
  }

  updatesPerSecond() {
    return SPEEDS.find(([value]) => value === this.speed.value)[2](this.record, this.clock.t);
  }

  draw(scene) {
    const { record } = this;
    const moment = Math.floor(scene.t);
    if (Number(this.range.value) !== moment) this.range.value = String(moment);
    const fill = 100 * (moment / Math.max(1, record.n_steps));
    this.range.style.setProperty("--w2v-fill", `calc(${fill}% + ${(THUMB / 2) * (1 - fill / 50)}px)`);
    const told = placeInWords(record, moment).split(", ")[0];
    if (!scene.playing) this.range.setAttribute("aria-valuetext", told);
    if (this.number.getRootNode().activeElement !== this.number) {
      if (this.number.value !== String(moment)) this.number.value = String(moment);
    }
    this.drawPlay(scene);
    const none = scene.word === null || !hasUpdates(record);
    this.next.hidden = none;
    if (!none) setText(this.nextWord, record.labels[scene.word]);
    for (const button of this.atStart) button.setAttribute("aria-disabled", String(moment === 0));
    for (const button of this.atEnd) button.setAttribute("aria-disabled", String(moment === record.n_steps));
  }

  drawPlay({ playing }) {
    const icon = playing ? this.pauseIcon : this.playIcon;
    if (this.play.firstChild === icon) return;
    this.play.firstChild.replaceWith(icon);
    setText(this.playName, playing ? "Pause" : "Play");
    this.play.setAttribute("aria-label", playing ? "Pause" : "Play");
  }
}
