// A list of work items to walk through by keyboard: j and k move, Enter opens; reasons by hover.
//
//   <my-work><ul><li class="item" tabindex="-1"><a class="title" href="…">…</a></li></ul></my-work>

import { hoverCards } from "./record/hover-card.js";

const TYPING = "input, textarea, select, [contenteditable]";

class MyWork extends HTMLElement {
  connectedCallback() {
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.over = new AbortController();
    hoverCards(this, this.over.signal);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
    this.over.abort();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    if (document.querySelector("dialog[open]")) return;
    const items = [...this.querySelectorAll(".item")];
    const at = items.indexOf(document.activeElement?.closest?.(".item"));
    if (event.key === "j" || event.key === "k") {
      const next = items[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), items.length - 1)];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (event.key === "Enter" && document.activeElement === items[at]) {
      items[at].querySelector("a.title")?.click();
    }
  }
}

customElements.define("my-work", MyWork);
