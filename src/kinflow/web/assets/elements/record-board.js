// <record-board>: cards in columns, moved by dragging or by keyboard; the server runs the verb that leads there.
//
//   <record-board movable>
//     <input type="hidden" name="csrfmiddlewaretoken" value="…">
//     <section class="column" data-value="qualified"><div class="cards">
//       <article data-id="12" data-move="/leads/12/move/" draggable="true"><a class="name" href="/leads/12/">…</a></article>
//     </div></section>
//   </record-board>
//
// Arrows go from card to card, [ and ] move a card to the column beside. A move is sent as {to: value}; the answer is
// either a new board or the dialog of what the verb asks for, so that a card never stands where it does not belong.

let moved = null; // the card that was moved by keyboard: the new board gives it the focus back

class RecordBoard extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    if (moved) this.querySelector(`[data-id="${moved}"] a`)?.focus();
    moved = null;
    if (!this.hasAttribute("movable")) return;
    this.addEventListener("dragstart", (event) => this.#hold(event), { signal });
    this.addEventListener("dragend", () => this.#release(), { signal });
    this.addEventListener("dragover", (event) => this.#over(event), { signal });
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      const [card, column] = [this.held, event.target.closest(".column")];
      this.#release();
      if (card && column) this.#move(card, column);
    }, { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  #hold(event) {
    this.held = event.target.closest("[data-move]");
    if (!this.held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.held.dataset.id);
    this.held.classList.add("held");
  }

  #release() {
    this.held?.classList.remove("held");
    this.held = null;
    for (const column of this.querySelectorAll(".over")) column.classList.remove("over");
  }

  #over(event) {
    const column = this.held && event.target.closest(".column");
    if (!column) return;
    event.preventDefault();
    for (const each of this.querySelectorAll(".column")) each.classList.toggle("over", each === column);
  }

  #key(event) {
    const card = event.target.closest("[data-move]");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = [...this.querySelectorAll(".column")];
    const at = columns.indexOf(card.closest(".column"));
    const step = { "[": -1, "]": 1 }[event.key];
    if (step && this.hasAttribute("movable") && columns[at + step]) {
      event.preventDefault();
      moved = card.dataset.id;
      this.#move(card, columns[at + step]);
      return;
    }
    const to = this.#beside(card, columns, at, event.key);
    if (!to) return;
    event.preventDefault();
    to.querySelector("a").focus();
  }

  /** The card an arrow leads to from this one. */
  #beside(card, columns, at, key) {
    const cards = (column) => [...(column?.querySelectorAll("[data-move]") ?? [])];
    const place = cards(columns[at]).indexOf(card);
    if (key === "ArrowUp" || key === "ArrowDown") return cards(columns[at])[place + (key === "ArrowDown" ? 1 : -1)];
    if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
    const way = key === "ArrowRight" ? 1 : -1;
    const filled = columns.slice(0).filter((column, index) => (index - at) * way > 0 && cards(column).length);
    const next = cards(way > 0 ? filled[0] : filled.at(-1));
    return next[Math.min(place, next.length - 1)];
  }

  /** Ask the server for the move; where it needs more, it answers with a dialog. */
  async #move(card, column) {
    const from = card.closest(".column");
    if (from === column) return;
    const token = this.querySelector("[name=csrfmiddlewaretoken]")?.value;
    card.setAttribute("aria-busy", "true");
    await window.htmx.ajax("POST", card.dataset.move, {
      source: card, swap: "none", values: { to: column.dataset.value, csrfmiddlewaretoken: token },
    });
    card.removeAttribute("aria-busy");
    const dialog = document.getElementById("dialog");
    if (dialog?.querySelector("form") && !dialog.open && dialog.showModal) dialog.showModal();
  }
}

customElements.define("record-board", RecordBoard);
