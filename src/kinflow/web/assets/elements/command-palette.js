// <command-palette>: search, places and the actions of this page, by Ctrl or Cmd and K, or by /.
//
//   <command-palette search="/search/?palette"><dialog class="palette"><div class="ask"><input role="combobox" …></div>
//     <div class="found" role="listbox" data-here="On this page"></div></dialog></command-palette>
//
// The actions of the page, and of the rows selected in it, are its [data-key] and [data-dialog] buttons; the server finds
// records and places.

const ACTIONS = "#main :is(.head, .filters, .picked:not([hidden])) :is([data-key], [data-dialog], button.btn)";
const PAUSE = 120; // milliseconds without a key before a search

class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.box = this.querySelector("dialog");
    this.field = this.querySelector("input");
    this.found = this.querySelector(".found");
    document.addEventListener("keydown", (event) => {
      const isPalette = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
      const isSlash = event.key === "/" && !typing(event);
      if (!isPalette && !isSlash) return;
      event.preventDefault();
      if (this.box.open) this.box.close();
      else this.open();
    }, { signal });
    document.addEventListener("click", (event) => {
      if (!event.target.closest?.("[data-palette]")) return;
      event.preventDefault();
      event.stopPropagation();
      this.open();
    }, { signal, capture: true });
    this.field.addEventListener("input", () => this.#later(), { signal });
    this.box.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.found.addEventListener("click", (event) => {
      if (event.target.closest("[role=option]") && !event.ctrlKey && !event.metaKey) this.box.close();
    }, { signal });
    this.box.addEventListener("click", ({ target }) => target === this.box && this.box.close(), { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  open() {
    this.field.value = "";
    this.#show("");
    if (!this.box.open) this.box.showModal();
    this.field.focus();
    this.#search();
  }

  #later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#search(), PAUSE);
  }

  async #search() {
    this.running?.abort();
    this.running = new AbortController();
    const asked = this.field.value.trim();
    const address = `${this.getAttribute("search")}&q=${encodeURIComponent(asked)}`;
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.running.signal }).catch(() => null);
    if (answer?.ok && asked === this.field.value.trim()) this.#show(await answer.text());
  }

  #show(html) {
    this.found.innerHTML = html;
    const actions = this.#actions(this.field.value.trim().toLowerCase());
    if (actions.length) {
      const head = Object.assign(document.createElement("h3"), { textContent: this.found.dataset.here });
      const list = document.createElement("ul");
      list.setAttribute("role", "group");
      list.append(...actions);
      this.found.prepend(head, list);
    }
    for (const part of this.found.querySelectorAll("li, h3, p")) part.setAttribute("role", "presentation");
    for (const list of this.found.querySelectorAll("ul")) list.setAttribute("aria-label", list.previousElementSibling?.textContent ?? "");
    this.#options().forEach((option, at) => Object.assign(option, { id: `palette-${at}`, tabIndex: -1 }));
    window.htmx.process(this.found);
    this.#mark(this.#options()[0]);
  }

  #actions(asked) {
    const seen = new Set();
    return [...document.querySelectorAll(ACTIONS)].flatMap((at) => {
      const words = at.getAttribute("aria-label") || at.textContent.trim();
      if (!words || seen.has(words) || !words.toLowerCase().includes(asked)) return [];
      seen.add(words);
      const option = Object.assign(document.createElement("a"), { onclick: () => at.click() });
      option.setAttribute("role", "option");
      option.append(at.querySelector("svg")?.cloneNode(true) ?? "", Object.assign(document.createElement("span"), { textContent: words }));
      if (at.dataset.key) option.append(Object.assign(document.createElement("kbd"), { textContent: at.dataset.key.toUpperCase() }));
      const item = document.createElement("li");
      item.append(option);
      return [item];
    });
  }

  #options() {
    return [...this.found.querySelectorAll("[role=option]")];
  }

  #mark(option) {
    for (const each of this.#options()) each.setAttribute("aria-selected", String(each === option));
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const options = this.#options();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (options.length) this.#mark(options.at((at + (event.key === "ArrowDown" ? 1 : -1)) % options.length));
    } else if (event.key === "Enter") options[at]?.click();
    else return;
    event.preventDefault();
  }
}

/** Whether somebody types into a field. */
function typing({ target }) {
  return Boolean(target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) || Boolean(document.querySelector("dialog[open]"));
}

customElements.define("command-palette", CommandPalette);
