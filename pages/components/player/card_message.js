// Hands the card of a word to the players on the page.

export function takeCard(component) {
  // a player that is not there yet finds the card when it comes
  window.w2vCard = component.data;
  window.dispatchEvent(new CustomEvent("w2v-card", { detail: component.data }));
}
