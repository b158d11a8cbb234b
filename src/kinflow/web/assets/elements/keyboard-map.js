// <keyboard-map>: the keys that hold on every page; those of lists and records belong to their own elements.
//
//   <keyboard-map></keyboard-map>   ? shows the keys, g and a letter goes to [data-go], c opens the "New" menu
//
// Ignored while somebody types, holds a modifier, or has a dialog open.

import { listen } from "./record/keys.js";
import { sheet } from "../frame.js";

const PATIENCE = 1200; // milliseconds between g and its letter

class KeyboardMap extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    let going = 0;
    document.addEventListener("keydown", (event) => {
      if (!going || event.timeStamp - going > PATIENCE) return;
      going = 0;
      const link = /^[a-z]$/.test(event.key) && document.querySelector(`[data-go="${event.key}"]`);
      if (!link) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      link.click();
    }, { signal, capture: true });
    listen({
      "?": () => sheet("keys"),
      g: (event) => { going = event.timeStamp; },
      c: (event) => this.#make(event),
    }, signal);
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  #make() {
    const own = document.querySelector('#main [data-key="c"]');
    const menu = document.querySelector(".top menu-button details:has(.btn.main)");
    if (own) own.click();
    else if (menu) {
      menu.open = true;
      menu.querySelector(".item")?.focus();
    } else return false;
    return true;
  }
}

customElements.define("keyboard-map", KeyboardMap);
