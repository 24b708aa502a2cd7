// What Streamlit mounts.
import { mountPlayer } from "./mount.js";

export default function (component) {
  return mountPlayer(component);
}
