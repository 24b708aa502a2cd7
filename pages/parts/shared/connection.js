// The page's way to the server: when it broke and is there again, the server may be another one, or started anew. That one
// knows nothing of this page until it is asked for it, and Streamlit does not ask by itself when nothing was under way.
const STATE = "data-test-connection-state";

export class Connection {
  constructor() {
    this.app = document.querySelector(`[${STATE}]`);
    this.watcher = new MutationObserver(() => this.look());
    this.broken = false;
    this.ask = () => {};
    if (this.app) this.watcher.observe(this.app, { attributeFilter: [STATE] });
  }

  /** ask : asks the server for the page */
  take(ask) {
    this.ask = ask;
  }

  look() {
    const connected = this.app?.getAttribute(STATE) === "CONNECTED";
    if (connected && this.broken) this.ask();
    this.broken = !connected;
  }

  close() {
    this.watcher.disconnect();
  }
}
