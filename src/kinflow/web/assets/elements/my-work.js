// A list of work items to walk through by keyboard: j and k move, Enter opens; reasons by hover. What was done with an
// item leaves the focus at its place in the new list.
//
//   <my-work><ul><li class="item" tabindex="-1"><a class="title" href="…">…</a></li></ul></my-work>

import { hoverCards } from "./record/hover-card.js";

const TYPING = "input, textarea, select, [contenteditable]";
let place = -1; // where in the list something was done, until the new list is there
document.addEventListener("htmx:afterSettle", () => {
  place = -1;
});

class MyWork extends HTMLElement {
  connectedCallback() {
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.over = new AbortController();
    const { signal } = this.over;
    hoverCards(this, signal);
    this.addEventListener("focusin", ({ target }) => (this.at = this.items.indexOf(target.closest(".item"))), { signal });
    document.addEventListener("kinflow:done", () => (place = this.at ?? -1), { signal });
    if (place >= 0) this.items.at(Math.min(place, this.items.length - 1))?.focus();
  }

  get items() {
    return [...this.querySelectorAll(".item")];
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
    this.over.abort();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    if (document.querySelector("dialog[open]")) return;
    const { items } = this;
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
