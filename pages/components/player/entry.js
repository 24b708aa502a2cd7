// What Streamlit mounts: a player.
import { mountPlayer } from "./mount.js";

export default mountPlayer;
