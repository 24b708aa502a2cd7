// Mounts a player where Streamlit says; runs again when data or theme change.
import { readHeader, recordBytes } from "../kit/packing.js";
import { unpackRecord } from "./model/record.js";
import { Player } from "./player.js";

const THEME_LATE = 150; // ms after which the page's new colors have arrived
const mounted = new WeakMap();

/** Whether two headers describe the same record, apart from the moment they ask for. */
function sameRecord(a, b) {
  const essence = ({ t, word, command, ...rest }) => JSON.stringify(rest);
  return essence(a) === essence(b);
}

/** Mount the player where Streamlit says, or hand it new data or a new theme; returns what takes it away. */
export function mountPlayer(component) {
  const { data, parentElement, setStateValue } = component;
  let entry = mounted.get(parentElement);
  const bytes = recordBytes(data);
  if (bytes && bytes.byteLength > 8) {
    const header = readHeader(bytes);
    if (!entry) {
      entry = { player: new Player(parentElement, unpackRecord(bytes)) };
      mounted.set(parentElement, entry);
    } else if (!sameRecord(header, entry.header) || header.command !== entry.header.command) {
      entry.player.take(unpackRecord(bytes));
    }
    entry.header = header;
  }
  if (!entry) return () => {};
  const { player } = entry;
  player.reporter.setStateValue = setStateValue;
  player.refreshTheme();
  clearTimeout(player.themeLater);
  player.themeLater = setTimeout(() => player.refreshTheme(), THEME_LATE);
  return () => {
    player.close();
    mounted.delete(parentElement);
  };
}
