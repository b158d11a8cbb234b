// <record-picker>: chooses a record by a few characters; the form gets its number.
//
//   <record-picker search="/search/pick?type=contact" none="Nothing found" shown="王建国">
//     <input name="contact" value="12">   <!-- without JavaScript a number is typed here -->
//   </record-picker>
//
// With `many` the chosen records stand as chips, each a hidden input of the name; `remove` names their buttons.
// A combobox as WAI-ARIA describes it: arrows move, Enter takes, Escape closes.

const PAUSE = 150; // milliseconds without a key before a search
let made = 0;

class RecordPicker extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.field = this.querySelector("input");
    this.many = this.hasAttribute("many");
    const name = this.field.name;
    this.list = Object.assign(document.createElement("ul"), { id: `pick-${++made}`, className: "options", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.field.getAttribute("aria-label") ?? this.field.labels?.[0]?.textContent.trim() ?? name);
    const value = this.field.value;
    this.field.removeAttribute("name");
    for (const [key, given] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list",
    })) this.field.setAttribute(key, given);
    if (!this.many) {
      this.hidden_ = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      this.append(this.hidden_);
      this.field.value = this.getAttribute("shown") || value;
    }
    this.name_ = name;
    this.append(this.list);
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("focus", () => this.field.value || this.#search());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[data-id]");
      event.preventDefault();
      if (option) this.#take(option);
    });
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
  }

  #typed() {
    if (!this.many) this.hidden_.value = this.field.value;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#search(), PAUSE);
  }

  async #search() {
    const address = new URL(this.getAttribute("search"), document.baseURI);
    const text = this.field.value;
    address.searchParams.set("q", text);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || text !== this.field.value || document.activeElement !== this.field) return;
    this.#show(await answer.json());
  }

  #show(found) {
    this.list.replaceChildren(...found.map(({ id, label, hint }, at) => {
      const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${at}` });
      option.setAttribute("role", "option");
      option.dataset.id = id;
      option.dataset.label = label;
      option.append(label);
      if (hint) option.append(Object.assign(document.createElement("span"), { className: "mute small", textContent: ` ${hint}` }));
      return option;
    }));
    if (!found.length) {
      const nothing = Object.assign(document.createElement("li"), { className: "mute", textContent: this.getAttribute("none") });
      nothing.setAttribute("role", "option");
      nothing.setAttribute("aria-disabled", "true");
      this.list.append(nothing);
    }
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.#point(this.list.querySelector("[data-id]"));
  }

  #point(option) {
    this.list.querySelector("[aria-selected=true]")?.removeAttribute("aria-selected");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const now = this.list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.#search();
      return this.#point((event.key === "ArrowDown" ? now?.nextElementSibling : now?.previousElementSibling) ?? now);
    }
    if (event.key === "Enter" && !this.list.hidden && now) {
      event.preventDefault();
      return this.#take(now);
    }
    if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      event.preventDefault();
      return this.#close();
    }
    return undefined;
  }

  #take(option) {
    const { id, label } = option.dataset;
    if (this.many) {
      this.#chip(id, label);
      this.field.value = "";
    } else {
      this.hidden_.value = id;
      this.field.value = label;
    }
    this.#close();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #chip(id, label) {
    const chip = Object.assign(document.createElement("span"), { className: "chip", textContent: label });
    const off = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    off.setAttribute("aria-label", `${this.getAttribute("remove")} ${label}`);
    off.addEventListener("click", () => chip.remove());
    chip.append(off, Object.assign(document.createElement("input"), { type: "hidden", name: this.name_, value: id }));
    this.insertBefore(chip, this.field);
  }

  #close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}

customElements.define("record-picker", RecordPicker);
