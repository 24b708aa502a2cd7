// The table of objectives, by the names that a record has. A new one is a file beside this one and a line here.
import { hierarchical } from "./hierarchical.js";
import { negative } from "./negative.js";
import { softmax } from "./softmax.js";

export const OBJECTIVES = { softmax, negative, hierarchical };

/** The objective of a record, of the player or of another component: see objective.js for what can be asked of it. */
export function objectiveOf(record) {
  return OBJECTIVES[record.objective];
}
