// What Streamlit mounts: one picture at a time, kept as long as the kind stays the same.
import { mounting } from "../kit/mounting.js";
import { CheckPicture } from "./checking.js";
import { MotionPicture } from "./motion.js";
import { NetworkPicture } from "./network.js";

const KINDS = { network: NetworkPicture, motion: MotionPicture, checking: CheckPicture };

export const mountPictures = mounting(
  (place, data) => new KINDS[data.kind](place),
  (picture, data) => picture instanceof KINDS[data.kind],
);
