// What Python sent, the text and its windows; and the counts of the windows that have passed.
import { displayWord, displayWords } from "../kit/format.js";
import { FILTERED, unpack } from "../kit/packing.js";

/** A text of tokens at places 0 .. n - 1, and its windows 0 .. nWindows - 1 in text order. */
export class WindowText {
  constructor(bytes) {
    const { header, arrays } = unpack(bytes);
    this.header = header;
    this.id = header.id;
    this.cbow = header.architecture === "cbow";
    this.tokens = arrays.tokens; // (n,) word ids
    this.centers = arrays.window_pos; // (nWindows,) places
    this.contextStart = arrays.context_start;
    this.contexts = arrays.context_pos;
    this.n = this.tokens.length;
    this.nWindows = this.centers.length;
    this.labels = displayWords(header.words);
    this.sentenceStart = arrays.sentence_start;
    this.sentenceOf = new Uint32Array(this.n);
    this.sentenceStart.forEach((start, s) => this.sentenceOf.fill(s, start));
    this.windowAt = new Int32Array(this.n).fill(-1); // the window around a place, or -1
    this.centers.forEach((place, k) => {
      this.windowAt[place] = k;
    });
    this.used = new Uint8Array(this.n); // whether a place is in any window
    for (const place of this.centers) this.used[place] = 1;
    for (const place of this.contexts) this.used[place] = 1;
    const [windowStart, windowsByWord] = this.groupWindows();
    this.windowStart = windowStart;
    this.windowsByWord = windowsByWord;
  }

  /** The windows with each center word, in text order: windowStart[w] .. windowStart[w + 1] of windowsByWord. */
  groupWindows() {
    const start = new Uint32Array(this.labels.length + 1);
    for (const place of this.centers) start[this.tokens[place] + 1] += 1;
    for (let w = 0; w < this.labels.length; w += 1) start[w + 1] += start[w];
    const next = start.slice();
    const windows = new Uint32Array(this.nWindows);
    this.centers.forEach((place, k) => {
      windows[next[this.tokens[place]]++] = k;
    });
    return [start, windows];
  }

  label(place) {
    const id = this.tokens[place];
    return id === FILTERED ? displayWord(this.header.filtered[place] ?? "\u00b7") : this.labels[id];
  }

  /** Whether a word was left out, by the minimum count or by chance (subsampling). */
  isLeftOut(place) {
    return this.tokens[place] === FILTERED || (this.header.subsampled && !this.used[place]);
  }

  centerOf(k) {
    return this.centers[k];
  }

  contextOf(k) {
    return this.contexts.subarray(this.contextStart[k], this.contextStart[k + 1]);
  }

  /** Pairs of the windows 0 .. k. */
  pairsUntil(k) {
    return this.contextStart[k + 1];
  }

  /** All places of a word. */
  placesOf(word) {
    const places = [];
    for (let place = 0; place < this.n; place += 1) if (this.tokens[place] === word) places.push(place);
    return places;
  }

  /** COUNT(c, o) over the windows 0 .. k. */
  countUntil(k, c, o) {
    let count = 0;
    for (let i = this.windowStart[c]; i < this.windowStart[c + 1]; i += 1) {
      const window = this.windowsByWord[i];
      if (window > k) break;
      for (const place of this.contextOf(window)) if (this.tokens[place] === o) count += 1;
    }
    return count;
  }

  /** Whether nothing more of its sentence stands before (side -1) or after (side 1) a place. */
  endsSentence(place, side) {
    for (let i = place + side; i >= 0 && i < this.n && this.sentenceOf[i] === this.sentenceOf[place]; i += side) {
      if (this.used[i]) return false;
    }
    return true;
  }
}

/** The table of counts of the most frequent words; the windows 0 .. at are in it. */
export class CountTable {
  constructor(text) {
    this.text = text;
    this.size = text.header.n_shown;
    this.cells = new Int32Array(this.size * this.size);
    this.at = -1;
    this.moveTo(text.nWindows - 1);
    this.largest = this.cells.reduce((a, b) => Math.max(a, b), 1); // at the end of the text
    this.moveTo(-1);
  }

  /** Add the windows up to k, or take those after k out again. */
  moveTo(k) {
    while (this.at < k) this.add(++this.at, 1);
    while (this.at > k) this.add(this.at--, -1);
  }

  add(k, change) {
    const { text, size } = this;
    const c = text.tokens[text.centerOf(k)];
    if (c >= size) return;
    for (const place of text.contextOf(k)) {
      const o = text.tokens[place];
      if (o < size) this.cells[c * size + o] += change;
    }
  }

  count(c, o) {
    return this.cells[c * this.size + o];
  }

  rows() {
    return Array.from({ length: this.size }, (_, c) => [...this.cells.subarray(c * this.size, (c + 1) * this.size)]);
  }
}
