// The code of all components comes once for a tab of the browser. Streamlit would send the whole script of a component
// again with each of its data: of the player twice as much as its numbers, and nothing behind it comes sooner.
const CAME = "w2v-code";
const last = new WeakMap(); // place -> what it is to show: of what comes while it waits for code, the last

/** Hand functions that mount components, by the names of these, to those that wait for them and that come later. */
export function handOut(mounts) {
  window.w2vCode = mounts;
  window.dispatchEvent(new Event(CAME));
}

/** Mount a component; before its code is there, as soon as it came. */
export function mountLater(component) {
  const { name, parentElement: place } = component;
  last.set(place, component);
  if (window.w2vCode) return window.w2vCode[name](component);
  return new Promise((mounted) => {
    const mount = () => mounted(last.get(place) === component ? window.w2vCode[name](component) : undefined);
    window.addEventListener(CAME, mount, { once: true });
  });
}
