// A player where it is mounted: made with its first record, and handed another only when that is another.
import { mounting } from "../kit/mounting.js";
import { readHeader, recordBytes } from "../kit/packing.js";
import { unpackRecord } from "./model/record.js";
import { Player } from "./player.js";

/** The bytes of a record; null where none was sent. */
function bytesOf(data) {
  const bytes = recordBytes(data);
  return bytes && bytes.byteLength > 8 ? bytes : null;
}

/** Whether two headers describe the same record, apart from the moment they ask for. */
function sameRecord(a, b) {
  const essence = ({ t, word, command, ...rest }) => JSON.stringify(rest);
  return essence(a) === essence(b);
}

class MountedPlayer {
  constructor(place, bytes) {
    this.player = new Player(place, unpackRecord(bytes));
    this.header = readHeader(bytes);
  }

  receive(data, tell) {
    const bytes = bytesOf(data);
    if (bytes) {
      const header = readHeader(bytes);
      if (!sameRecord(header, this.header) || header.command !== this.header.command) {
        this.player.take(unpackRecord(bytes));
      }
      this.header = header;
    }
    this.player.reporter.setStateValue = tell;
    this.player.refreshTheme();
  }

  recolor() {
    this.player.refreshTheme();
  }

  remove() {
    this.player.close();
  }
}

/** Mount the player where Streamlit says, or hand it new data or a new theme; returns what takes it away. */
export const mountPlayer = mounting((place, data) => {
  const bytes = bytesOf(data);
  return bytes ? new MountedPlayer(place, bytes) : null;
});
