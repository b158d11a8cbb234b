// <record-page>: the keys of a record's page and the editing in place of its facts.
//
//   <record-page>… <dd class="cell"><span class="value">40 <button class="pencil" hx-get="…"></button></span></dd> …</record-page>
//
// Every button or link with data-key="q" is pressed by that key; e edits the first fact; n writes a note; j and k go on
// to the next and the previous record of the list one came from.

import { editInPlace, open } from "./record/in-place.js";
import { listen } from "./record/keys.js";

class RecordPage extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    editInPlace(this, signal);
    listen({ e: () => this.#edit() }, signal);
    this.addEventListener("input", (event) => {
      if (event.target.matches(".compose textarea")) grow(event.target);
    }, { signal });
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches(".compose textarea")) {
        event.target.form.requestSubmit();
      }
    }, { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  #edit() {
    const pencil = this.querySelector(".facts .pencil");
    if (!pencil) return false;
    open(pencil.closest(".cell"));
    return true;
  }
}

function grow(area) {
  area.rows = Math.min(12, Math.max(1, area.value.split("\n").length + (area.value.length > 60 ? 1 : 0)));
}

customElements.define("record-page", RecordPage);
