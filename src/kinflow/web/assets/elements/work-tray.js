// <work-tray>: the long work that is on its way, with its progress, as it happens; empty where there is none.
//
//   <work-tray src="/import/tray/"></work-tray>

const TOLD = ["imports", "stale"];
const PAUSE = 500; // milliseconds between two looks

class WorkTray extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    for (const told of TOLD) document.addEventListener(`kinflow:${told}`, () => this.#soon(), { signal });
    this.#look();
  }

  disconnectedCallback() {
    this.stop.abort();
    clearTimeout(this.waiting);
  }

  #soon() {
    this.waiting ??= setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    const answer = await fetch(this.getAttribute("src"), { headers: { "HX-Request": "true" } }).catch(() => null);
    this.waiting = undefined;
    if (!answer?.ok || !this.isConnected) return;
    const text = await answer.text();
    if (text === this.shown) return;
    const isOpen = this.querySelector("details")?.open;
    const hadFocus = this.contains(document.activeElement);
    this.shown = text;
    this.innerHTML = text;
    const box = this.querySelector("details");
    if (box) box.open = Boolean(isOpen);
    if (box && hadFocus) box.querySelector("summary").focus();
  }
}

customElements.define("work-tray", WorkTray);
