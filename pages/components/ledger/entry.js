// What Streamlit mounts: a ledger.
import { mounting } from "../kit/mounting.js";
import { Ledger } from "./ledger.js";

const mountLedger = mounting((place) => new Ledger(place));
export default mountLedger;
