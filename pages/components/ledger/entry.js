// What Streamlit mounts: a ledger where it says; runs again when data or theme change.
import { Ledger } from "./ledger.js";

const THEME_LATE = 150; // ms after which the page's new colors have arrived
const ledgers = new WeakMap();

export default function mountLedger({ data, parentElement, setStateValue }) {
  let ledger = ledgers.get(parentElement);
  if (!ledger) {
    ledger = new Ledger(parentElement);
    ledgers.set(parentElement, ledger);
  }
  ledger.receive(data, setStateValue);
  clearTimeout(ledger.themeLater);
  ledger.themeLater = setTimeout(() => ledger.receive(ledger.bytes, setStateValue), THEME_LATE);
  return () => {
    ledger.remove();
    ledgers.delete(parentElement);
  };
}
