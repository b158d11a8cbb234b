// <menu-button>: a menu under a button; without scripts it is a plain <details>.
//
//   <menu-button><details><summary class="btn">New</summary>
//     <div class="popover"><a class="item" href="…">Lead</a><button class="item">…</button></div></details></menu-button>
//
// Arrow keys move, Escape and a click elsewhere close, focus goes back to the button. A menu stays within the window.

const EDGE = 8; // pixels kept free beside it

class MenuButton extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.box = this.querySelector("details");
    this.box.addEventListener("toggle", () => this.box.open && (this.#others(), this.#within()), { signal });
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    document.addEventListener("pointerdown", (event) => {
      if (!this.contains(event.target)) this.box.open = false;
    }, { signal });
    this.addEventListener("click", (event) => {
      if (event.target.closest("a.item, button.item[data-sheet]")) this.box.open = false;
    }, { signal });
    this.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.contains(relatedTarget)) this.box.open = false;
    }, { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  #others() {
    for (const open of document.querySelectorAll("menu-button details[open]")) open.open = open === this.box;
  }

  #within() {
    const menu = this.querySelector(".popover");
    if (!menu) return;
    menu.style.translate = "";
    const { left, right } = menu.getBoundingClientRect();
    const shift = left < EDGE ? EDGE - left : Math.min(0, document.documentElement.clientWidth - EDGE - right);
    if (shift) menu.style.translate = `${shift}px 0`;
  }

  #key(event) {
    const items = [...this.querySelectorAll(".popover .item")];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" && this.box.open) {
      this.box.open = false;
      this.querySelector("summary").focus();
    } else if (to !== undefined && items.length) {
      this.box.open = true;
      items.at(to % items.length).focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

customElements.define("menu-button", MenuButton);
