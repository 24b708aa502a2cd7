// The code of all components comes once for a tab of the browser. Streamlit would send the whole script of a component
// again with each of its data: of the player twice as much as its numbers, and nothing behind it comes sooner.
const CAME = "w2v-code";

/** Hand what components mount to those that wait for it, and to those that come later. */
export function handOut(mounts) {
  window.w2vCode = mounts;
  window.dispatchEvent(new Event(CAME));
}

/** Return what Streamlit calls to mount the component of this name; before its code is there, it waits for that. */
export function mountLater(name) {
  const last = new WeakMap(); // place -> what it is to show: of what comes while it waits, the last
  return (component) => {
    const place = component.parentElement;
    last.set(place, component);
    if (window.w2vCode) return window.w2vCode[name](component);
    return new Promise((mounted) => {
      const mount = () => mounted(last.get(place) === component ? window.w2vCode[name](component) : undefined);
      window.addEventListener(CAME, mount, { once: true });
    });
  };
}
