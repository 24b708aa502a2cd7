// The views of a player: made by their names, and put in their order.
import { hasUpdates } from "./model/record.js";
import { Bars } from "./views/bars.js";
import { LossPicture } from "./views/loss.js";
import { WordMap } from "./views/map.js";
import { RippleView } from "./views/ripple_view.js";
import { WordSearch } from "./views/search.js";
import { SidePanel } from "./views/side_panel.js";
import { StatusLine } from "./views/status.js";
import { StopControl } from "./views/stop_control.js";
import { RunningText } from "./views/text.js";
import { Traces } from "./views/traces.js";
import { Transport } from "./views/transport.js";
import { Vectors } from "./views/vectors.js";
import { WhyCard } from "./views/why.js";

/** Views that are shown in a panel beside the map, one choice at a time; where there is only one of them, no panel. */
const PANEL = ["bars", "loss", "traces", "ripple", "vectors", "why"];

/**
 * Make the views that a record wants.
 * on: what they call, select(word), toggle(word), pick(id), follow(), refresh(), panelChosen(), speedChosen(),
 * stopChosen(), goToNextWith(); and what they ask for, normOf(item), nearTo(word), effectOf().
 * Returns {views: by name, search, stop, panel: or null where there is none, elements: in their order}.
 */
export function makeViews(record, clock, on) {
  const has = (name) => record.views.includes(name);
  const { select, toggle, refresh, effectOf } = on;
  const onGoTo = (t, done) => clock.scrub(t, done);
  /** @type {Record<string, any>} */
  const views = {};
  const search = has("map") || has("bars") ? new WordSearch(select) : null;
  if (has("text")) views.text = new RunningText({ onSelect: toggle });
  if (has("text") || has("map")) views.status = new StatusLine();
  if (has("map")) {
    views.map = new WordMap({
      onSelect: toggle,
      onChange: refresh,
      search: search.el,
      normOf: on.normOf,
      nearTo: on.nearTo,
    });
  }
  if (has("bars"))
    views.bars = new Bars({ onPick: on.pick, onFollow: on.follow, search: has("map") ? null : search.el });
  if (has("loss")) views.loss = new LossPicture({ onGoTo });
  if (has("traces")) views.traces = new Traces({ onGoTo });
  if (has("ripple")) views.ripple = new RippleView({ effectOf });
  if (has("vectors")) views.vectors = new Vectors({ onSelect: toggle, onChange: refresh, effectOf });
  if (has("why")) views.why = new WhyCard({ onSelect: on.pick });
  const stop = has("loss") && hasUpdates(record) ? new StopControl(on.stopChosen) : null;
  if (has("transport")) views.transport = new Transport(clock, on, stop);
  const panel = has("map") && SidePanel.hasChoice(views) ? new SidePanel(views, on.panelChosen) : null;
  return { views, search, stop, panel, elements: inOrder(views, panel) };
}

function inOrder(views, panel) {
  const inPanel = (name) => panel && PANEL.includes(name);
  const elements = Object.keys(views)
    .filter((name) => !inPanel(name))
    .map((name) => views[name].el);
  if (panel) elements.splice(elements.indexOf(views.map.el) + 1, 0, panel.el);
  return elements;
}
