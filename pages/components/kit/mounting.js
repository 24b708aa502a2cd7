// What every component does where Streamlit mounts it: one view in each place, kept until the place is taken away.

const THEME_LATE = 150; // ms after which the page's new colors have arrived

/**
 * Return what Streamlit calls to mount a component, and again whenever its data or the theme change.
 *
 * `open(place, data)` makes a view, or returns null while there is nothing to show; `fits(view, data)` says whether
 * the view that is there can show other data, or another one is made. A view has
 *   receive(data, tell, mention)  take the data, which may be the same; `tell(name, value)` reports to Python what holds
 *                        from now on, `mention(name, value)` what was chosen once
 *   recolor()            take over the colors of the page
 *   remove()             take itself away
 */
export function mounting(open, fits = (_view, _data) => true) {
  const places = new WeakMap(); // place -> {view, later}
  const takeAway = (place) => {
    const there = places.get(place);
    clearTimeout(there?.later);
    there?.view.remove();
    places.delete(place);
  };
  return ({ data, parentElement, setStateValue, setTriggerValue }) => {
    if (places.has(parentElement) && !fits(places.get(parentElement).view, data)) takeAway(parentElement);
    const there = places.get(parentElement) ?? { view: open(parentElement, data), later: 0 };
    if (!there.view) return () => {};
    places.set(parentElement, there);
    there.view.receive(data, setStateValue, setTriggerValue);
    clearTimeout(there.later);
    there.later = setTimeout(() => there.view.recolor(), THEME_LATE);
    return () => takeAway(parentElement);
  };
}
