// The clock of the cards: at rest everything is shown; step k shows the cards 1 to k; slow motion goes through them.

export const REST = 0;
export const LAST = 8;

/** How slow motion goes on: a name, a label, and how long a card stays; null waits for a key. */
/** @type {[string, string, number | null][]} */
export const PACES = [
  ["slow", "slowly", 8000],
  ["normal", "normal speed", 4000],
  ["fast", "fast", 1500],
  ["key", "at each Space", null],
];

export class Steps {
  constructor(onChange) {
    this.onChange = onChange;
    this.at = REST;
    this.playing = false;
    this.pace = "normal";
    this.last = LAST; // those after it are covered
  }

  /** How long a card stays; null until a key is pressed. */
  get stay() {
    return PACES.find(([name]) => name === this.pace)[2];
  }

  /** Whether slow motion stands at a card until it is told to go on. */
  get waits() {
    return this.playing && this.stay === null;
  }

  /** Whether a card's numbers are there yet. */
  reached(card) {
    return card <= this.last && (this.at === REST || card <= this.at);
  }

  go(step) {
    this.halt();
    this.set(step);
  }

  next() {
    this.go(this.at === REST ? 1 : this.at >= this.last ? REST : this.at + 1);
  }

  previous() {
    this.go(this.at === REST ? this.last : this.at === 1 ? REST : this.at - 1);
  }

  play() {
    this.halt();
    this.playing = true;
    this.set(1);
    this.keepPace();
  }

  /** Slow motion at another pace, from the card on show. */
  setPace(pace) {
    this.pace = pace;
    if (this.playing) this.keepPace();
  }

  keepPace() {
    clearInterval(this.timer);
    if (this.stay !== null) this.timer = setInterval(() => this.goOn(), this.stay);
  }

  /** One card on in slow motion, which ends after the last. */
  goOn() {
    if (this.at < this.last) this.set(this.at + 1);
    else this.go(REST);
  }

  /** Stop slow motion and stay at this card. */
  stop() {
    if (!this.playing) return;
    this.halt();
    this.onChange(this.at, this.at);
  }

  halt() {
    clearInterval(this.timer);
    this.playing = false;
  }

  set(step) {
    const before = this.at;
    this.at = step;
    this.onChange(step, before);
  }
}
