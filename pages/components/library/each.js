// What Streamlit mounts in the place of each of these components: the same few lines, which the browser reads once.
import { mountLater } from "./handing.js";

export default mountLater;
