// What a word of the map says of itself when it is pointed at: its nearest words first.
import { fullWord, threeDigits, whole } from "../../kit/format.js";
import { inNumbers } from "../model/record.js";

export function tipText(map, item) {
  const { record } = map;
  const name = fullWord(record.words[item.id]);
  const length = inNumbers(record) ? `length of ${item.kind} ${threeDigits(map.normOf(item))}` : "";
  const times = record.counts ? `${whole(record.counts[item.id])} in the text` : "";
  const facts = [length, times].filter(Boolean).join(", ");
  const near = map.nearTo(item.id).map(({ word }) => fullWord(record.words[word]));
  if (near.length) return `${name}: most like ${near.join(", ")}\n${facts}`;
  return facts ? `${name}: ${facts}` : name;
}
