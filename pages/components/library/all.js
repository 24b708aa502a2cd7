// The code of all components of `pages/components`, by the names under which Python shows them.
import { mountGuess } from "../guess/view.js";
import { handOut } from "./handing.js";
import { mountLedger } from "../ledger/mount.js";
import { mountPassages } from "../passages/view.js";
import { takeCard } from "../player/card_message.js";
import { takeLayout } from "../player/layout_message.js";
import { mountPlayer } from "../player/mount.js";
import { mountPictures } from "../update_pictures/view.js";
import { mountWindows } from "../windows/view.js";
import { mountWords } from "../word_pictures/view.js";

handOut({
  w2v_card: takeCard,
  w2v_guess: mountGuess,
  w2v_layout: takeLayout,
  w2v_passages: mountPassages,
  w2v_player: mountPlayer,
  w2v_update: mountLedger,
  w2v_update_pictures: mountPictures,
  w2v_windows: mountWindows,
  w2v_word_pictures: mountWords,
});

export default () => {}; // it shows nothing
