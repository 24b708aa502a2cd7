// The component: one picture at a time, kept as long as the kind stays the same.
import { CheckPicture } from "./checking.js";
import { MotionPicture } from "./motion.js";
import { NetworkPicture } from "./network.js";

const KINDS = { network: NetworkPicture, motion: MotionPicture, checking: CheckPicture };
const THEME_LATE = 150; // ms after which the page's new colors have arrived
const mountedPictures = new WeakMap();

export default function mountPictures({ data, parentElement }) {
  let mounted = mountedPictures.get(parentElement);
  if (mounted && mounted.kind !== data.kind) {
    mounted.picture.remove();
    mounted = null;
  }
  if (!mounted) {
    mounted = { kind: data.kind, picture: new KINDS[data.kind](parentElement) };
    mountedPictures.set(parentElement, mounted);
  }
  const { picture } = mounted;
  picture.receive(data);
  clearTimeout(picture.later);
  picture.later = setTimeout(() => picture.recolor(), THEME_LATE);
  return () => {
    mountedPictures.get(parentElement)?.picture.remove();
    mountedPictures.delete(parentElement);
  };
}
