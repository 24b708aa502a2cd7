// What Streamlit mounts: one picture at a time, kept as long as the kind stays the same.
import { mounting } from "../kit/mounting.js";
import { AxesPicture } from "./axes.js";
import { CompanyPicture } from "./company.js";
import { TablePicture } from "./table.js";
import { TimePicture } from "./time.js";

const KINDS = { company: CompanyPicture, time: TimePicture, table: TablePicture, axes: AxesPicture };

export const mountWords = mounting(
  (place, data) => new KINDS[data.kind](place),
  (picture, data) => picture instanceof KINDS[data.kind],
);
