// The clock of the cards: at rest everything is shown; step k shows the cards 1 to k; slow motion goes through them.

export const REST = 0;
export const LAST = 8;
export const SLOW_MS = 1500; // one card in slow motion

export class Steps {
  constructor(onChange) {
    this.onChange = onChange;
    this.at = REST;
    this.playing = false;
  }

  /** Whether a card's numbers are there yet. */
  reached(card) {
    return this.at === REST || card <= this.at;
  }

  go(step) {
    this.halt();
    this.set(step);
  }

  next() {
    this.go(this.at === REST ? 1 : this.at === LAST ? REST : this.at + 1);
  }

  previous() {
    this.go(this.at === REST ? LAST : this.at === 1 ? REST : this.at - 1);
  }

  play() {
    this.halt();
    this.playing = true;
    this.set(1);
    this.timer = setInterval(() => {
      if (this.at < LAST) this.set(this.at + 1);
      else this.go(REST);
    }, SLOW_MS);
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
