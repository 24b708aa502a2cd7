// A ledger where it is mounted.
import { mounting } from "../kit/mounting.js";
import { Ledger } from "./ledger.js";

export const mountLedger = mounting((place) => new Ledger(place));
