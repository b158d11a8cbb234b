// <choose-columns>: which columns a list shows, and in which order; its form sends them as one value.
//
//   <choose-columns name="columns"><label><input type="checkbox" value="score" checked> Score</label> …</choose-columns>
//
// Alt+ArrowUp and Alt+ArrowDown move a column; dragging does, too.

class ChooseColumns extends HTMLElement {
  connectedCallback() {
    if (this.output) return;
    this.output = Object.assign(document.createElement("input"), { type: "hidden", name: this.getAttribute("name") });
    this.append(this.output);
    this.addEventListener("change", () => this.#tell());
    this.addEventListener("keydown", (event) => {
      const label = event.target.closest("label");
      if (!event.altKey || !label || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      const up = event.key === "ArrowUp";
      const beside = up ? label.previousElementSibling : label.nextElementSibling;
      if (beside?.matches("label")) beside[up ? "before" : "after"](label);
      event.target.focus();
      this.#tell();
    });
    for (const label of this.querySelectorAll("label")) this.#draggable(label);
    this.#tell();
  }

  #draggable(label) {
    label.draggable = true;
    label.addEventListener("dragstart", () => (this.held = label));
    label.addEventListener("dragover", (event) => {
      event.preventDefault();
      if (this.held && this.held !== label) {
        const below = event.clientY > label.getBoundingClientRect().top + label.offsetHeight / 2;
        label[below ? "after" : "before"](this.held);
      }
    });
    label.addEventListener("drop", () => this.#tell());
  }

  #tell() {
    this.output.value = [...this.querySelectorAll("input:checked")].map((box) => box.value).join(",");
  }
}

customElements.define("choose-columns", ChooseColumns);
