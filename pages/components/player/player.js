// The player: one clock, and the views that follow it. Its class is longer than others because all that is told from one
// piece to another passes through it: what comes from Python, what a view was asked for, and each picture.
import { make } from "../kit/dom.js";
import { onSizeChange, readTheme } from "../kit/theme.js";
import { Announcer } from "./announcing.js";
import { Clock } from "./clock.js";
import { forTests } from "./for_tests.js";
import { IdleWork } from "./idle.js";
import { Keys } from "./keys.js";
import { layOut } from "./layout.js";
import { Effect } from "./model/effect.js";
import { firstWord, nextUpdateWith } from "./model/record.js";
import { Reporter } from "./reporting.js";
import { Scenes } from "./scenes.js";
import { Stopping } from "./stopping.js";
import { Together } from "./together.js";
import { makeViews } from "./views.js";

export class Player {
  constructor(parent, record) {
    this.root = make("div", { class: "w2v-player", tabindex: "0", role: "group", "aria-label": "Training player" });
    parent.append(this.root);
    this.reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.first = null; // the word that is selected as long as none was chosen
    this.pinned = null; // the word that was chosen: the bars stay with it
    this.views = {};
    this.clock = new Clock({
      onPlay: () => this.started(),
      onJump: () => this.say(""),
      onRest: () => this.reporter.schedule(),
      onHold: () => this.reporter.cancel(),
      onChange: () => this.wake(),
    });
    this.scenes = new Scenes(this.clock, this.reducedMotion);
    this.stopping = new Stopping(this.clock, (text) => this.say(text));
    const place = () => ({
      run: this.record.id,
      t: this.clock.moment,
      word: this.pinned,
      command: this.record.command,
    });
    this.reporter = new Reporter(this.root, place, this.clock);
    const wordName = () => (this.pinned === null ? null : this.record.words[this.pinned]);
    this.together = new Together(this.clock, wordName, (share, word) => this.followOthers(share, word));
    this.keys = new Keys(this.root, this.clock, () => this.views.map);
    this.announcer = new Announcer(this.root);
    this.idle = new IdleWork({
      viewOf: () => this.views[this.panel?.shown],
      allowed: () => !this.clock.playing && Boolean(this.root.clientWidth),
      onProgress: () => this.wake(),
    });
    this.root.player = forTests(this);
    this.listen();
    this.take(record);
  }

  listen() {
    this.root.addEventListener("pointerdown", (event) => {
      const { control } = this.stopping;
      if (control && !control.el.contains(event.target)) control.open(false);
    });
    this.onLayout = (event) => this.takeLayout(event.detail);
    window.addEventListener("w2v-player", this.onLayout);
    this.onCard = (event) => this.takeCard(event.detail);
    window.addEventListener("w2v-card", this.onCard);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.root);
    this.forgetSize = onSizeChange(() => this.refreshTheme());
  }

  // ---- data from Python -------------------------------------------------------------------------------------------

  /** A record arrived: the same run keeps clock, zoom and selection; another run starts afresh. */
  take(record) {
    const fresh = !this.record || this.record.id !== record.id;
    const sent = fresh || this.record.command !== record.command;
    /** @type {RunRecord} */
    this.record = record;
    this.effect = new Effect(record);
    this.scenes.setRecord(record);
    const goesOn = fresh && this.clock.playing && !record.live; // a setting was changed while it played
    if (fresh) this.clock.pause(false);
    this.clock.locked = Boolean(record.locked);
    this.clock.set(sent ? record.t || 0 : this.clock.t, record.n_steps);
    if (sent) this.first = validWord(record, record.word) ?? firstWord(record);
    if (sent) this.pinned = record.pinned ? this.first : null;
    if (sent) this.reporter.agree();
    if (fresh) this.resume();
    if (sent) this.clock.pause(false);
    if (record.around) this.root.style.setProperty("--w2v-around", `${Number(record.around) / 16}rem`);
    this.root.toggleAttribute("data-framed", Boolean(record.framed));
    if (this.root.dataset.views !== record.views.join(",")) this.buildViews(record);
    for (const view of Object.values(this.views)) view.setRecord(record, fresh, this.scenes.replay);
    this.search?.setRecord(record);
    this.stopping.setRecord(record, this.scenes.replay, fresh);
    this.views.map?.reveal(this.word);
    this.takeLayout(window.w2vLayout); // one may have been sent before the player was there
    this.takeCard(window.w2vCard);
    this.refreshTheme();
    if (sent && record.autoplay && !this.reducedMotion.matches) this.clock.play(true);
    else if (goesOn) this.clock.play();
    this.together.join(record.together, Boolean(this.views.transport));
    this.wake();
  }

  /** Another player of the group was moved: go as far on this run's way, to the same word where there is one. */
  followOthers(share, word) {
    this.clock.playing = false;
    this.clock.set(share * this.record.n_steps);
    const id = this.record.words.indexOf(word);
    this.pinned = id < 0 ? null : id;
    if (this.views.transport) this.reporter.schedule();
    this.wake();
  }

  /** Go on where the player of the page before was when it was left, unless Python has sent the players elsewhere. */
  resume() {
    const point = this.reporter.takeResumePoint(this.record);
    if (!point || this.record.afresh) return;
    if ((point.chosen || !this.record.only_chosen) && !this.record.locked) this.clock.set(point.t);
    this.pinned = validWord(this.record, point.word);
    this.reporter.schedule();
  }

  buildViews(record) {
    this.root.dataset.views = record.views.join(",");
    const made = makeViews(record, this.clock, {
      select: (word) => this.select(word),
      toggle: (word) => this.toggle(word),
      pick: (id) => this.pick(id),
      follow: () => this.pin(null),
      refresh: () => this.refresh(),
      panelChosen: () => this.panelChosen(),
      speedChosen: () => this.wake(),
      stopChosen: () => this.stopping.restart(this.word),
      goToNextWith: () => this.goToNextWith(),
      normOf: (item) => this.scenes.normOf(item),
      nearTo: (word) => this.scenes.nearTo(word),
      effectOf: () => this.effect,
    });
    this.views = this.scenes.views = made.views;
    this.search = made.search;
    this.panel = made.panel;
    this.stopping.control = made.stop;
    this.root.replaceChildren(...made.elements, this.announcer.live);
    this.shape = null;
    this.panel?.restore();
  }

  /** A layout message: another picture of the words of this run, and perhaps the moment it is of. */
  takeLayout(message) {
    if (!message || message.run !== this.record.id || !this.views.map) return;
    const { layout, anchor } = message;
    this.views.map.setLayout(layout ? { ...layout, points: pointsOf(layout) } : null);
    if (anchor && Number.isInteger(anchor.t)) this.clock.goTo(anchor.t);
  }

  /** The card of a word, worked out where the player came to rest. */
  takeCard(card) {
    if (card?.run !== this.record.id || !this.views.why) return;
    this.views.why.setCard(card);
    this.wake();
  }

  refreshTheme() {
    this.theme = readTheme(this.root);
    for (const view of Object.values(this.views)) view.setTheme(this.theme);
    this.resize();
  }

  resize() {
    const width = this.root.clientWidth;
    if (!width) return;
    const has = (name) => Boolean(name === "side" ? this.panel : this.views[name]);
    this.shape = layOut(this.root, has, width / (this.theme?.scale ?? 1), this.shape); // larger type leaves less room
    this.views.map?.tools.place(this.root.dataset.size === "narrow");
    for (const view of Object.values(this.views)) view.resize();
    this.wake();
  }

  // ---- what was chosen --------------------------------------------------------------------------------------------

  /** The word on show beside the clock: the one that was chosen, or else the one to begin with. */
  get word() {
    return this.pinned ?? this.first;
  }

  select(word) {
    const id = validWord(this.record, word);
    if (id !== null) this.pin(id);
  }

  /** A word was clicked: it is selected, or let go of where it was. Bars alone follow the text then. */
  toggle(word) {
    if (word === this.pinned && this.views.bars) this.pin(null);
    else this.select(word);
  }

  pin(id) {
    this.pinned = id;
    this.views.map?.reveal(this.word);
    this.views.vectors?.reveal(this.word);
    this.scenes.forget();
    this.stopping.restart(this.word);
    if (id === null) this.panel?.restore(); // its card goes, too
    if (!this.clock.playing) {
      if (id !== null) this.panel?.answer();
      this.reporter.schedule();
    }
    this.wake();
  }

  /** A bar was clicked: its word is selected, or its line comes and goes. */
  pick(id) {
    if (this.panel?.toggleLine(id)) this.wake();
    else this.toggle(id);
  }

  /** Another panel is shown beside the map. */
  panelChosen() {
    if (!this.theme) return;
    this.resize();
    this.views.vectors?.reveal(this.word);
    this.refresh();
  }

  goToNextWith() {
    let next = nextUpdateWith(this.record, this.word, this.clock.moment);
    if (next < 0) next = nextUpdateWith(this.record, this.word, -1); // none left: the first of the run
    if (next >= 0) this.clock.goTo(next);
  }

  /** A sentence over the scrubber. */
  say(text) {
    this.views.transport?.say(text);
  }

  started() {
    this.reporter.cancel();
    this.panel?.restore();
    this.say("");
    this.stopping.control?.open(false);
    this.stopping.restart(this.word);
  }

  // ---- pictures ---------------------------------------------------------------------------------------------------

  wake() {
    if (!this.request) this.request = requestAnimationFrame((now) => this.tick(now));
  }

  refresh() {
    this.scenes.forget();
    this.wake();
  }

  tick(now) {
    this.request = null;
    if (!this.root.clientWidth) return; // hidden: the observer wakes us
    if (this.clock.playing) this.advance(now);
    const scene = this.scenes.at(now, this.word, this.pinned !== null);
    let moving = this.clock.playing || !scene.exact;
    this.together.tell();
    const { bars, traces } = this.views;
    for (const view of Object.values(this.views)) {
      if (view !== traces) moving = view.draw(scene, now) || moving;
    }
    if (traces) {
      traces.aim(bars.subject);
      traces.draw(scene, bars.predicted);
    }
    if (!this.clock.playing) this.stopping.aim(this.word);
    this.announcer.mark(this.record, this.clock, scene, this.views);
    if (scene.exact) this.idle.start();
    if (moving) this.wake();
  }

  advance(now) {
    const { clock, views } = this;
    const before = clock.advance(now, views.transport ? views.transport.updatesPerSecond() : this.record.n_steps / 20);
    if (this.stopping.stopsAfter(before)) return;
    if (clock.atEnd) {
      clock.pause();
      this.stopping.ended();
    } else this.reporter.leaveResumePoint();
  }

  close() {
    cancelAnimationFrame(this.request);
    this.reporter.close();
    this.keys.close();
    this.together.close();
    this.idle.stop();
    this.observer.disconnect();
    this.forgetSize();
    window.removeEventListener("w2v-player", this.onLayout);
    window.removeEventListener("w2v-card", this.onCard);
    this.root.remove();
  }
}

/** Map word -> [x, y] of a still picture; null for another kind of layout. */
function pointsOf({ words, points }) {
  return words ? new Map(words.map((id, i) => [Number(id), points[i]])) : null;
}

function validWord(record, word) {
  return Number.isInteger(word) && word >= 0 && word < record.n_words ? word : null;
}
