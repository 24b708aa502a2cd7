// What tests ask a player, as `root.player`, and what they do with it.
import { examplesOf, inputsOf } from "./model/record.js";

export function forTests(player) {
  const { clock, scenes } = player;
  return {
    state: (t) => {
      const { V, U } = scenes.replay.stateAt(t);
      return { V: Array.from(V), U: Array.from(U) };
    },
    distribution: (t, word) => {
      const state = scenes.replay.stateAt(t);
      return Array.from(scenes.replay.distribution(state, inputsFor(player.record, t, word)));
    },
    detail: (t) => scenes.replay.detail(t),
    goTo: (t) => clock.goTo(t),
    select: (word) => player.select(word),
    play: () => clock.play(),
    pause: () => clock.pause(),
    positions: () => player.views.map?.positions() ?? [],
    foot: () => player.views.map?.foot.report(),
    camera: () => ({ ...player.views.map?.camera.at }),
    ripple: () => player.views.ripple?.report() ?? null,
    traces: () => player.views.traces?.report() ?? null,
    rows: () => player.views.vectors?.report() ?? null,
  };
}

/** Skip-gram: the word. CBOW without a word: the context of update t. */
function inputsFor(record, t, word) {
  if (word !== null && word !== undefined) return [word];
  const [first] = examplesOf(record, Math.min(t, record.n_steps - 1));
  return inputsOf(record, first);
}
