// The player: one clock, and the views that follow it. Mounted by Streamlit; runs again when data or theme change.
import { make, setText } from "../kit/dom.js";
import { counted } from "../kit/format.js";
import { readHeader, recordBytes } from "../kit/packing.js";
import {
  describeUpdate,
  examplesOf,
  firstWord,
  hasUpdates,
  inputsOf,
  meanLossAt,
  nextUpdateWith,
  placeInWords,
  unpackRecord,
} from "./model/record.js";
import { Effect } from "./model/effect.js";
import { Replay } from "./model/replay.js";
import { onSizeChange, readTheme } from "../kit/theme.js";
import { WordMap } from "./views/map.js";
import { WordSearch } from "./views/search.js";
import { Bars } from "./views/bars.js";
import { LossPicture } from "./views/loss.js";
import { RippleView } from "./views/ripple_view.js";
import { RunningText } from "./views/text.js";
import { Side } from "./views/side.js";
import { StatusLine } from "./views/status.js";
import { MeanLoss, finish } from "./model/stop.js";
import { StopControl } from "./views/stop_control.js";
import { Traces } from "./views/traces.js";
import { Transport } from "./views/transport.js";
import { Vectors } from "./views/vectors.js";

const FRAME_BUDGET = 8; // ms of replay in one picture
const REPORT_AFTER = 120; // ms at rest before Python is told
const REPORT_LATE = 1500; // the same after a press elsewhere
const SLOW = 12; // updates a second up to which points move in straight lines between updates
const CALM_EVERY = 170; // ms between changes of the highlighted window when updates rush by
const NARROW = 700;
const IDLE_WORK = 8; // ms of arithmetic between two pictures, at rest
const IDLE_SHOWS = 150; // ms between two pictures of work that is still going on
const LOSS_CELLS = 2_000_000; // multiplications of one mean loss that fit into a picture
const STOP_WORK = 6; // ms in one picture for asking every update whether to stop
const LEAVING = ["pointerdown", "keydown"];
const SIDE = ["traces", "ripple", "vectors"]; // views that share their place beside the map

const mounted = new WeakMap();
const playersOnPage = new Set();

class Player {
  constructor(parent, record) {
    this.root = make("div", { class: "w2v-player", tabindex: "0", role: "group", "aria-label": "Training player" });
    parent.append(this.root);
    this.still = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.frames = new Map();
    this.highlighted = { t: -1, since: -Infinity };
    this.t = 0;
    this.word = null;
    this.playing = false;
    this.views = {};
    this.setStateValue = null; // tells Python, where there is one
    this.themeLater = 0;
    this.root.player = this.forTests();
    this.root.addEventListener("keydown", (event) => this.key(event, true));
    this.root.addEventListener("pointerdown", (event) => {
      if (this.stop && !this.stop.el.contains(event.target)) this.stop.open(false);
    });
    this.onPageKey = (event) => this.pageKey(event);
    this.onLayout = (event) => this.layoutArrived(event.detail);
    this.onLeaving = (event) => this.leaving(event);
    document.addEventListener("keydown", this.onPageKey);
    window.addEventListener("w2v-player", this.onLayout);
    for (const kind of LEAVING) document.addEventListener(kind, this.onLeaving, true);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.root);
    this.forgetSize = onSizeChange(() => this.refreshTheme());
    playersOnPage.add(this);
    this.take(record);
  }

  // ---- data from Python -------------------------------------------------------------------------------------------

  /** A record arrived: the same run keeps clock, zoom and selection; another run starts afresh. */
  take(record) {
    const fresh = !this.record || this.record.id !== record.id;
    const sent = fresh || this.record.command !== record.command;
    /** @type {RunRecord} */
    this.record = record;
    this.replay = new Replay(record);
    this.effect = new Effect(record);
    this.restLoss = null;
    this.frames.clear();
    if (fresh) this.pause(false);
    if (sent) {
      this.t = Math.min(record.n_steps, Math.max(0, record.t || 0));
      this.word = validWord(record, record.word) ?? firstWord(record);
      this.reported = `${record.id}:${this.t}:${this.word}`;
      if (fresh) this.goOn();
    }
    this.t = Math.min(this.t, record.n_steps);
    this.word = validWord(record, this.word);
    if (sent) this.pause(false);
    if (record.around) this.root.style.setProperty("--w2v-around", `${Number(record.around) / 16}rem`);
    const wanted = record.views.join(",");
    if (this.root.dataset.views !== wanted) this.buildViews(record.views);
    for (const view of Object.values(this.views)) view.setRecord(record, view === this.views.map ? fresh : this.replay);
    this.search?.setRecord(record);
    this.stop?.setRecord(record, fresh);
    this.views.map?.reveal(this.word);
    this.layoutArrived(window.w2vLetter); // a picture may have been sent before the player was there
    this.refreshTheme();
    if (sent && record.autoplay && !this.still.matches) this.play();
    this.wake();
  }

  buildViews(names) {
    this.root.dataset.views = names.join(",");
    const select = (word) => this.select(word);
    const has = (name) => names.includes(name);
    const effectOf = () => this.effect;
    const onGoTo = (t, done) => this.scrub(t, done);
    this.views = {};
    this.search = has("map") || has("bars") ? new WordSearch(select) : null;
    if (has("text")) this.views.text = new RunningText({ onSelect: select });
    if (has("text") || has("map")) this.views.status = new StatusLine();
    const search = this.search?.el;
    if (has("map")) {
      this.views.map = new WordMap({
        onSelect: select,
        onChange: () => this.refresh(),
        search,
        normOf: (item) => this.normOf(item),
      });
    }
    const onPick = (id) => this.pick(id);
    if (has("bars")) this.views.bars = new Bars({ onPick, search: has("map") ? null : search });
    if (has("loss")) this.views.loss = new LossPicture({ onGoTo });
    if (has("traces")) this.views.traces = new Traces({ onGoTo });
    if (has("ripple")) this.views.ripple = new RippleView({ effectOf });
    if (has("vectors")) {
      this.views.vectors = new Vectors({ onSelect: select, onChange: () => this.refresh(), effectOf });
    }
    this.stop = has("loss") && hasUpdates(this.record) ? new StopControl(() => this.lookForStop()) : null;
    if (has("transport")) this.views.transport = this.buildTransport();
    this.side = SIDE.some(has) ? new Side(this.views, (name) => this.showBeside(name)) : null;
    this.spoken = make("div", { class: "w2v-spoken", "aria-live": "polite", "data-role": "moment" });
    const inSide = (name) => this.side && (SIDE.includes(name) || name === "bars" || name === "loss");
    const own = Object.keys(this.views)
      .filter((name) => !inSide(name))
      .map((name) => this.views[name].el);
    if (this.side) own.splice(own.indexOf(this.views.map.el) + 1, 0, this.side.el);
    this.root.replaceChildren(...own, this.spoken);
    this.shape = null;
    this.side?.choose(window.w2vBeside ?? "guesses");
  }

  /** What is beside the map was chosen: remembered for the next player, too. */
  showBeside(name) {
    window.w2vBeside = name;
    const { bars, traces } = this.views;
    bars.shapeOf = name === "traces" ? (id) => traces.shapeOf(id) : null;
    if (!this.theme) return;
    this.resize();
    this.views.vectors?.reveal(this.word);
    this.refresh();
  }

  /** A bar was clicked: its word is selected, or its line comes and goes. */
  pick(id) {
    if (this.side?.shown === "traces") {
      this.views.traces.toggle(id);
      this.wake();
    } else this.select(id);
  }

  buildTransport() {
    return new Transport(
      {
        start: () => this.goTo(0),
        back: () => this.stepBy(-1),
        toggle: () => this.toggle(),
        forward: () => this.stepBy(1),
        end: () => this.goTo(this.record.n_steps),
        scrub: (t, done) => this.scrub(t, done),
        speed: () => this.wake(),
        nextWith: () => this.goToNextWith(),
      },
      this.stop,
    );
  }

  refreshTheme() {
    this.theme = readTheme(this.root);
    for (const view of Object.values(this.views)) view.setTheme(this.theme);
    this.resize();
  }

  layoutArrived(detail) {
    if (!detail || detail.run !== this.record.id || !this.views.map) return;
    const { layout, anchor } = detail;
    if (layout) {
      const points = layout.words ? new Map(layout.words.map((id, i) => [Number(id), layout.points[i]])) : null;
      this.views.map.setLayout({ ...layout, points });
    } else {
      this.views.map.setLayout(null);
    }
    if (anchor && Number.isInteger(anchor.t)) this.goTo(anchor.t);
  }

  // ---- layout -----------------------------------------------------------------------------------------------------

  resize() {
    const width = this.root.clientWidth;
    if (!width) return;
    const has = (name) => (name === "side" ? Boolean(this.side) : Boolean(this.views[name]));
    const room = width / (this.theme?.scale ?? 1); // in a larger type there is less of it
    const size = room < NARROW ? "narrow" : room < 900 ? "medium" : "wide";
    const shape = `${size}:${this.root.dataset.views}`;
    if (shape !== this.shape) {
      this.shape = shape;
      this.root.dataset.size = size;
      this.root.dataset.tall = has("map") ? "map" : has("bars") || has("loss") ? "side" : "none";
      this.root.style.gridTemplate = gridTemplate(has, size === "narrow");
    }
    for (const view of Object.values(this.views)) view.resize();
    this.wake();
  }

  // ---- the clock --------------------------------------------------------------------------------------------------

  play() {
    if (this.record.n_steps === 0) return;
    if (Math.floor(this.t) >= this.record.n_steps) this.t = 0;
    this.playing = true;
    this.lastTick = null;
    this.heldBag = Math.floor(this.t);
    clearTimeout(this.reporting);
    this.say("");
    this.stop?.open(false);
    this.lookForStop();
    this.wake();
  }

  pause(tell = true) {
    const was = this.playing;
    this.playing = false;
    this.t = Math.floor(this.t);
    if (was && tell) this.settled();
    this.wake();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  goTo(t) {
    if (this.playing) this.pause(false);
    this.say("");
    this.t = Math.min(this.record.n_steps, Math.max(0, Math.round(t)));
    this.settled();
    this.wake();
  }

  stepBy(n) {
    this.goTo(Math.floor(this.t) + n);
  }

  /** While a hand is on the scrubber nothing is reported. */
  scrub(t, done) {
    if (done) {
      this.goTo(t);
      return;
    }
    this.playing = false;
    clearTimeout(this.reporting);
    this.t = t;
    this.wake();
  }

  goToNextWith() {
    const from = Math.floor(this.t);
    let next = nextUpdateWith(this.record, this.word, from);
    if (next < 0) next = nextUpdateWith(this.record, this.word, -1); // none left: the first of the run
    if (next >= 0) this.goTo(next);
  }

  select(word) {
    const id = validWord(this.record, word);
    if (id === null) return;
    this.word = id;
    this.views.map?.reveal(id);
    this.views.vectors?.reveal(id);
    this.frames.clear();
    this.lookForStop();
    if (!this.playing) this.settled();
    this.wake();
  }

  // ---- stopping by itself -----------------------------------------------------------------------------------------

  say(text) {
    if (this.saying === text) return;
    this.saying = text;
    this.views.transport?.say(text);
  }

  /** A condition was chosen, or what it is about has changed: look for it from here on. */
  lookForStop() {
    this.looking = null;
    if (!this.stop || this.record.n_steps === 0) return;
    this.aimStop();
    if (this.playing) this.looking = this.stop.search(Math.floor(this.t));
  }

  aimStop() {
    const t = this.playing ? this.heldBag : Math.floor(this.t);
    this.stop.aim(this.word, examplesOf(this.record, Math.min(this.record.n_steps - 1, t))[0]);
  }

  /** Ask every update on the way from `before` to now; go no further than was asked. Returns whether to stop. */
  stopsOnTheWay(before) {
    const { looking } = this;
    if (!looking) return false;
    const goal = Math.floor(this.t);
    if (!looking.work(goal, STOP_WORK)) {
      this.t = Math.max(before, Math.min(this.t, looking.checked));
      this.say(this.stop.slowed());
    }
    if (looking.found === null) return false;
    this.t = looking.found;
    const previous = { V: this.replay.stateAt(this.t - 1).V.slice() };
    const reason = this.stop.reason(this.t, this.replay.stateAt(this.t), previous);
    this.pause();
    this.say(reason);
    return true;
  }

  // ---- work at rest -----------------------------------------------------------------------------------------------

  /** Between pictures, a little at a time: lines and sums that are not yet complete. */
  idle() {
    const view = this.views[this.side?.shown];
    if (this.idling || this.playing || !view?.busy) return;
    this.idling = later(() => {
      this.idling = null;
      if (this.playing || !this.root.clientWidth) return;
      const finished = view.work(IDLE_WORK);
      const now = performance.now();
      if (finished || now - (this.idleShown ?? 0) > IDLE_SHOWS) {
        this.idleShown = now;
        this.wake();
      }
      if (!finished) this.idle();
    });
  }

  /** At rest: tell Python, once things have been quiet for a moment. */
  settled(after = REPORT_AFTER) {
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      this.reporting = 0;
      const now = `${this.record.id}:${this.t}:${this.word}`;
      if (this.playing) return;
      if (now !== this.reported) this.report();
      else if (window.w2vWhere?.by === this) delete window.w2vWhere;
    }, after);
    this.leaveWord();
  }

  report() {
    this.reported = `${this.record.id}:${this.t}:${this.word}`;
    this.setStateValue?.("moment", { run: this.record.id, t: Math.floor(this.t), word: this.word });
    if (window.w2vWhere?.by === this) delete window.w2vWhere;
  }

  /** Leave word where it is, for the player of the next page: Python does not know yet. */
  leaveWord() {
    window.w2vWhere = { by: this, run: this.record.id, t: Math.floor(this.t), word: this.word };
  }

  /** Go on where the player of the page before was when it was left, and tell Python. */
  goOn() {
    const where = window.w2vWhere;
    if (!where || where.by === this || where.run !== this.record.id) return;
    delete window.w2vWhere;
    this.t = where.t;
    this.word = validWord(this.record, where.word) ?? this.word;
    this.settled();
  }

  /** Something else is pressed, perhaps the way to another page: a report now would get in the way of that. */
  leaving(event) {
    if (this.playing || !this.reporting || event.composedPath().includes(this.root)) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    this.settled(REPORT_LATE);
  }

  // ---- frames -----------------------------------------------------------------------------------------------------

  wake() {
    if (!this.request) this.request = requestAnimationFrame((now) => this.tick(now));
  }

  refresh() {
    this.frames.clear();
    this.wake();
  }

  tick(now) {
    this.request = null;
    if (!this.root.clientWidth) return; // hidden: the observer wakes us
    if (this.playing) this.advance(now);
    const scene = this.scene(now);
    let moving = this.playing || !scene.exact;
    const { bars, traces } = this.views;
    for (const view of Object.values(this.views)) {
      if (view !== traces) moving = view.draw(scene, now) || moving;
    }
    if (traces) {
      traces.aim(bars.subject);
      traces.draw(scene, bars.said);
    }
    if (this.stop && !this.playing && this.record.n_steps > 0) this.aimStop();
    this.mark(scene);
    if (scene.exact) this.idle();
    if (moving) this.wake();
  }

  advance(now) {
    const passed = this.lastTick === null ? 0 : Math.min(100, now - this.lastTick);
    this.lastTick = now;
    this.speed = this.views.transport ? this.views.transport.rate() : this.record.n_steps / 20;
    const before = this.t;
    this.t = Math.min(this.record.n_steps, before + (this.speed * passed) / 1000);
    if (this.stopsOnTheWay(before)) return;
    if (this.t >= this.record.n_steps) {
      this.pause();
      if (this.looking) this.say(this.stop.missed());
    } else this.leaveWord();
  }

  /** Everything the views need to draw this moment. */
  scene(now) {
    const { record } = this;
    const last = record.n_steps;
    const moment = Math.min(last, Math.floor(this.t));
    const fast = this.playing && this.speed > SLOW;
    const calm = this.still.matches;
    const tween = this.playing && !fast && !calm && moment < last;
    const t = this.playing ? (tween ? this.t : moment) : moment;
    const done = moment >= last;
    const some = last > 0 && hasUpdates(record);
    const update = some ? this.shownUpdate(done ? last - 1 : moment, now, fast, calm) : null;
    const example = this.exampleFor(update, fast);
    this.views.bars?.aim(this.word ?? 0, example);
    const from = this.frame(moment);
    const to = tween && from.exact ? this.frame(moment + 1) : from;
    const loss = this.playing || !from.exact ? meanLossAt(record, t) : this.lossAt(moment);
    return {
      t,
      word: this.word,
      playing: this.playing,
      fast,
      calm,
      done,
      exact: from.exact,
      from,
      to,
      loss,
      mix: to === from ? 0 : this.t - moment,
      update,
      highlight: done || !update ? { centers: [], contexts: [] } : update,
    };
  }

  /** The update on show: this one, or, when they rush by, one held long enough to be seen. */
  shownUpdate(t, now, fast, calm) {
    const held = this.highlighted;
    const hold = fast && now - held.since < (calm ? 500 : CALM_EVERY) && held.t >= 0;
    if (!hold && held.t !== t && t >= 0) {
      this.highlighted = { t, since: now };
      this.update = describeUpdate(this.record, t);
    } else if (!this.update && t >= 0) {
      this.update = describeUpdate(this.record, t);
    }
    return this.update;
  }

  /** CBOW bars ask about one context: that of the update on show, or, when they rush by, the one where play began. */
  exampleFor(update, fast) {
    if (!update) return 0;
    if (!fast || this.record.architecture !== "cbow") return update.first;
    return examplesOf(this.record, Math.min(this.record.n_steps - 1, this.heldBag ?? 0))[0];
  }

  /** What the views need of the model's state at moment t; exact when that fits into a picture's time. */
  frame(t) {
    const { bars, map, vectors } = this.views;
    const key = `${t}|${bars?.subject?.key ?? ""}|${map?.kind ?? ""}|${map?.version ?? ""}|${
      vectors?.version(this.word) ?? ""
    }`;
    const known = this.frames.get(key);
    if (known) return known;
    if (!map && !bars) return { exact: true };
    const worthIt = !this.playing || this.replay.cost(t) <= FRAME_BUDGET;
    const exact = worthIt && this.replay.work(t, 2 * FRAME_BUDGET);
    const state = exact ? this.replay.current : this.replay.blendAt(t);
    const frame = { exact: exact || this.playing, map: map?.project(state) };
    if (bars) frame.said = this.replay.distribution(state, bars.subject.inputs);
    if (vectors) frame.rows = vectors.take(state, this.word);
    if (exact) {
      if (this.frames.size > 6) this.frames.delete(this.frames.keys().next().value);
      this.frames.set(key, frame);
    }
    return frame;
  }

  /** The mean loss of moment t: exact where that is quickly worked out, else between the moments that are known. */
  lossAt(t) {
    const { record } = this;
    if (!hasUpdates(record)) return meanLossAt(record, t);
    if (this.restLoss?.t === t) return this.restLoss.loss;
    const cells = (record.goal_start.length - 1) * record.n_rows * record.dim;
    if (cells > LOSS_CELLS || !this.replay.work(t, FRAME_BUDGET)) return meanLossAt(record, t);
    this.meanLoss = this.meanLoss?.record === record ? this.meanLoss : new MeanLoss(record);
    this.restLoss = { t, loss: finish(this.meanLoss.of(this.replay.current)) };
    return this.restLoss.loss;
  }

  normOf({ kind, id }) {
    const { current } = this.replay;
    const state = current.t === Math.floor(this.t) ? current : this.replay.blendAt(Math.floor(this.t));
    const { dim } = this.record;
    return Math.hypot(...(kind === "v" ? state.V : state.U).subarray(id * dim, (id + 1) * dim));
  }

  /** Say what is on show: for tests in attributes, for screen readers in words. */
  mark(scene) {
    const { dataset } = this.root;
    const set = (name, value) => {
      if (dataset[name] !== value) dataset[name] = value;
    };
    set("t", String(Math.floor(this.t)));
    set("run", String(this.record.id));
    set("playing", String(this.playing));
    set("word", this.word === null ? "" : String(this.word));
    set("exact", String(Boolean(scene.exact && !(this.playing && scene.fast))));
    if (this.playing || !scene.exact) return;
    const key = `${this.record.id}:${this.t}:${this.word}`;
    if (this.spokenFor === key) return;
    this.spokenFor = key;
    const text = this.describe(scene);
    this.views.map?.canvas.setAttribute("aria-label", text);
    if (this.saidOnce) setText(this.spoken, text);
    this.saidOnce = true;
  }

  describe({ update, done }) {
    const { record } = this;
    const place = placeInWords(record, Math.floor(this.t));
    const parts = [`${place[0].toUpperCase()}${place.slice(1)}.`];
    if (!hasUpdates(record)) return parts[0];
    if (done) parts.push("All updates are done.");
    else if (update && update.windows === 1) {
      const words = (ids) =>
        ids
          .slice(0, 8)
          .map((id) => record.labels[id])
          .join(", ");
      parts.push(`Center ${words(update.centers)}, context ${words(update.contexts)}.`);
    } else if (update) parts.push(`${counted(update.size, "example")} in one update.`);
    if (this.views.bars) parts.push(this.views.bars.readout.textContent);
    return parts.join(" ");
  }

  // ---- keys -------------------------------------------------------------------------------------------------------

  /** Keys pressed anywhere, when nothing on the page has the focus. */
  pageKey(event) {
    if (event.defaultPrevented || event.composedPath().includes(this.root)) return;
    if (playersOnPage.values().next().value !== this || !this.root.clientWidth) return;
    const focused = document.activeElement;
    const free =
      !focused
      || focused === document.body
      || focused === document.documentElement
      || focused.matches(".stMain, .stApp, [data-testid='stMain'], [data-testid='stAppViewContainer']");
    if (free) this.key(event, false);
  }

  key(event, inside) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (target.matches?.("textarea, select, [contenteditable], input:not([type=range])")) return;
    if (event.key === " " && target.matches?.("button")) return; // space presses the button that has the focus
    const far = event.shiftKey ? 10 : 1;
    const acts = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.stepBy(-far),
      ArrowRight: () => this.stepBy(far),
      Home: () => this.goTo(0),
      End: () => this.goTo(this.record.n_steps),
    };
    if (target.matches?.("input[type=range]")) {
      acts.ArrowDown = acts.ArrowLeft;
      acts.ArrowUp = acts.ArrowRight;
    }
    const { map } = this.views;
    if (inside && map) {
      acts["+"] = acts["="] = () => map.zoomBy(1.4);
      acts["-"] = () => map.zoomBy(1 / 1.4);
      acts["0"] = () => map.resetView();
    }
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    if (event.key === " " && event.repeat) return;
    act();
  }

  // ---- for tests and the page -------------------------------------------------------------------------------------

  forTests() {
    return {
      state: (t) => {
        const { V, U } = this.replay.stateAt(t);
        return { V: Array.from(V), U: Array.from(U) };
      },
      distribution: (t, word) => Array.from(this.replay.distribution(this.replay.stateAt(t), this.inputsFor(t, word))),
      detail: (t) => this.replay.detail(t),
      goTo: (t) => this.goTo(t),
      select: (word) => this.select(word),
      play: () => this.play(),
      pause: () => this.pause(),
      positions: () => this.views.map?.positions() ?? [],
      camera: () => ({ ...this.views.map?.camera.at }),
      ripple: () => this.views.ripple?.report() ?? null,
      traces: () => this.views.traces?.report() ?? null,
      rows: () => this.views.vectors?.report() ?? null,
    };
  }

  /** Skip-gram: the word. CBOW without a word: the context of update t. */
  inputsFor(t, word) {
    if (word !== null && word !== undefined) return [word];
    const [first] = examplesOf(this.record, Math.min(t, this.record.n_steps - 1));
    return inputsOf(this.record, first);
  }

  close() {
    cancelAnimationFrame(this.request);
    clearTimeout(this.reporting);
    clearTimeout(this.themeLater);
    if (this.idling) this.idling.stop();
    this.observer.disconnect();
    this.forgetSize();
    document.removeEventListener("keydown", this.onPageKey);
    window.removeEventListener("w2v-player", this.onLayout);
    for (const kind of LEAVING) document.removeEventListener(kind, this.onLeaving, true);
    playersOnPage.delete(this);
    this.root.remove();
  }
}

function validWord(record, word) {
  return Number.isInteger(word) && word >= 0 && word < record.n_words ? word : null;
}

/** Do something once the browser has nothing better to do; the result can stop it. */
function later(act) {
  if (!window.requestIdleCallback) {
    const id = setTimeout(act, 15);
    return { stop: () => clearTimeout(id) };
  }
  const id = window.requestIdleCallback(act, { timeout: 200 });
  return { stop: () => window.cancelIdleCallback(id) };
}

/** Text above, map left, bars over loss on the right, transport below; stacked when narrow. */
function gridTemplate(has, narrow) {
  const top = `${has("text") ? '"text text" auto ' : ""}${has("status") ? '"status status" auto ' : ""}`;
  const bottom = has("transport") ? ' "transport transport" auto' : "";
  const side = has("side") ? ["side"] : [has("bars") && "bars", has("loss") && "loss"].filter(Boolean);
  if (narrow) {
    const beside = has("side")
      ? [["side", "560px"]]
      : [
          ["bars", "300px"],
          ["loss", "190px"],
        ];
    const rows = [["text", "auto"], ["status", "auto"], ["map", "360px"], ...beside, ["transport", "auto"]];
    const present = rows.filter(([name]) => has(name)).map(([name, tall]) => `"${name}" ${tall}`);
    return `${present.join(" ")} / minmax(0, 1fr)`;
  }
  if (has("map") && side.length === 0) return `${top}"map map" minmax(0, 1fr)${bottom} / minmax(0, 1fr) 0px`;
  if (has("map")) {
    const rows = side.map((name) => `"map ${name}" minmax(0, ${name === "bars" ? 1.45 : 1}fr)`).join(" ");
    return `${top}${rows}${bottom} / minmax(0, 1.6fr) minmax(0, 1fr)`;
  }
  if (side.length === 2) return `${top}"bars loss" minmax(0, 1fr)${bottom} / minmax(0, 1.3fr) minmax(0, 1fr)`;
  if (side.length === 1) return `${top}"${side[0]} ${side[0]}" minmax(0, 1fr)${bottom} / minmax(0, 1fr) 0px`;
  return `${top}${bottom} / minmax(0, 1fr) 0px`;
}

/** Whether two headers describe the same record, apart from the moment they ask for. */
function sameRecord(a, b) {
  const essence = ({ t, word, command, ...rest }) => JSON.stringify(rest);
  return essence(a) === essence(b);
}

/** Mount the player where Streamlit says, or hand it new data or a new theme; returns what takes it away. */
export function mountPlayer(component) {
  const { data, parentElement, setStateValue } = component;
  let entry = mounted.get(parentElement);
  const bytes = recordBytes(data);
  if (bytes && bytes.byteLength > 8) {
    const header = readHeader(bytes);
    if (!entry) {
      entry = { player: new Player(parentElement, unpackRecord(bytes)) };
      mounted.set(parentElement, entry);
    } else if (!sameRecord(header, entry.header) || header.command !== entry.header.command) {
      entry.player.take(unpackRecord(bytes));
    }
    entry.header = header;
  }
  if (!entry) return () => {};
  const { player } = entry;
  player.setStateValue = setStateValue;
  player.refreshTheme();
  clearTimeout(player.themeLater);
  player.themeLater = setTimeout(() => player.refreshTheme(), 150); // the page's new colors may arrive a little later
  return () => {
    player.close();
    mounted.delete(parentElement);
  };
}
