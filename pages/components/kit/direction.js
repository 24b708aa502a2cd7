// In which direction a text is read.
const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Whether a text that begins like this reads from right to left. */
export function readsRightToLeft(string) {
  const letter = FIRST_LETTER.exec(string);
  return letter !== null && RIGHT_TO_LEFT.test(letter[0]);
}

/** A word for a sentence: one that reads from right to left would else draw a number behind it to its other side. */
export function isolated(word) {
  return readsRightToLeft(word) ? `\u2068${word}\u2069` : word;
}
