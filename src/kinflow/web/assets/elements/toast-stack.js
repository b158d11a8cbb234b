// <toast-stack>: says what was done, and takes it back for ten seconds.
//
//   <toast-stack role="status" aria-live="polite" undo="Undo" close="Close" lost="No answer"></toast-stack>
//
// The server tells it by the header HX-Trigger: {"kinflow:toast": {"text": "…", "undo": "/leads/1/undo/", "tone": "bad"}}.

const LASTS = 10_000; // milliseconds
const MOST = 3;

class ToastStack extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("kinflow:toast", ({ detail }) => this.#tell(detail), { signal });
    document.addEventListener("htmx:sendError", () => this.#tell({ text: this.getAttribute("lost"), tone: "bad" }), { signal });
    document.addEventListener("click", ({ target }) => {
      const sample = target.closest?.("[data-toast]");
      if (sample) this.#tell({ text: sample.dataset.toast });
    }, { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  #tell({ text, undo, tone }) {
    if (!text) return;
    const toast = Object.assign(document.createElement("div"), { className: `toast ${tone ?? ""}` });
    toast.append(Object.assign(document.createElement("span"), { textContent: text }));
    if (undo) toast.append(this.#button(this.getAttribute("undo"), "undo", () => this.#undo(toast, undo)));
    const close = this.#button("×", "icon", () => toast.remove());
    close.setAttribute("aria-label", this.getAttribute("close"));
    toast.append(close);
    this.append(toast);
    while (this.children.length > MOST) this.firstElementChild.remove();
    this.#leave(toast);
  }

  #button(textContent, className, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent, className });
    button.addEventListener("click", act);
    return button;
  }

  /** The toast goes after its time, but never while somebody reads it. */
  #leave(toast) {
    let timer = setTimeout(() => toast.remove(), LASTS);
    const stay = () => clearTimeout(timer);
    const go = () => { timer = setTimeout(() => toast.remove(), LASTS); };
    toast.addEventListener("pointerenter", stay);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("pointerleave", go);
    toast.addEventListener("focusout", go);
  }

  #undo(toast, address) {
    toast.remove();
    window.htmx.ajax("POST", address, { source: document.body, swap: "none" });
  }
}

customElements.define("toast-stack", ToastStack);
