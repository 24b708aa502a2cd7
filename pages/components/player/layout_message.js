// Hands a later picture to the players on the page without sending them their whole record again.

export function takeLayout(component) {
  const detail = { run: component.data.run, layout: component.data.layout, anchor: null };
  // a player that is not there yet finds the message when it comes
  window.w2vLayout = detail;
  window.dispatchEvent(new CustomEvent("w2v-player", { detail }));
}
