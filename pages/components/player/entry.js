// What Streamlit mounts.
import { mountPlayer } from "./player.js";

export default function (component) {
  return mountPlayer(component);
}
