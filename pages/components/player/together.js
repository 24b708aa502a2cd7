// Several players on one clock: whichever is moved tells the others of its group how far on its way it is, and which word
// is selected; they go equally far on theirs. The one with the transport is followed when a page opens.
const NAME = "w2v-together";

export class Together {
  /** clock; wordOf(): the selected word as text, or null; follow(share, word): go there. */
  constructor(clock, wordOf, follow) {
    this.clock = clock;
    this.wordOf = wordOf;
    this.follow = follow;
    this.group = null; // alone
    this.known = null; // where the others know it to be
    this.onMessage = (event) => this.hear(event.detail);
    window.addEventListener(NAME, this.onMessage);
  }

  /** leads: whether the others go where this one is when it is mounted. */
  join(group, leads) {
    this.group = group ?? null;
    this.leads = leads;
    this.known = this.leads ? null : this.place();
    if (this.group && !leads) this.send({ asks: true });
  }

  /** On every picture: tell where it is, if somebody moved it. */
  tell() {
    if (!this.group || this.place() === this.known) return;
    this.known = this.place();
    this.send({ share: this.clock.last ? this.clock.t / this.clock.last : 0, word: this.wordOf() });
  }

  place() {
    return `${this.clock.t}:${this.wordOf()}`;
  }

  send(said) {
    window.dispatchEvent(new CustomEvent(NAME, { detail: { by: this, group: this.group, ...said } }));
  }

  hear({ by, group, asks, share, word }) {
    if (by === this || !this.group || group !== this.group) return;
    if (!asks) {
      this.follow(share, word);
      this.known = this.place();
    } else if (this.leads) {
      this.known = null;
      this.tell();
    }
  }

  close() {
    window.removeEventListener(NAME, this.onMessage);
  }
}
