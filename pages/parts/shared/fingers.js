// A finger on a picture that Plotly drew scrolls the page, or the picture where it is wider than the window. Plotly would
// take every touch as the beginning of a zoom: on a phone nobody came past such a picture, nor to the other half of it.
const PICTURE = ".js-plotly-plot .cartesianlayer, .js-plotly-plot .draglayer"; // what is turned in 3-D keeps its touches

export class Fingers {
  constructor() {
    document.addEventListener("touchstart", leaveToBrowser, { capture: true, passive: true });
  }

  close() {
    document.removeEventListener("touchstart", leaveToBrowser, { capture: true });
  }
}

/** A tap still comes to Plotly: of one that no script took, the browser makes a click of a mouse. */
function leaveToBrowser(event) {
  if (event.target.closest?.(PICTURE)) event.stopPropagation();
}
