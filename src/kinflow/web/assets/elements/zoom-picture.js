// <zoom-picture>: a drawing of the server in a frame that scrolls, to look at closer or from afar.
//
//   <zoom-picture>
//     <div class="zoom-frame" tabindex="0" role="region" aria-label="…"><svg width="900" height="400">…</svg></div>
//     <span class="zoom-acts"><button type="button" data-zoom="in">+</button>…</span>
//   </zoom-picture>
//
// Buttons, + and −, Ctrl and the wheel zoom, 0 shows all; dragging and the usual keys scroll. Without scripts it scrolls.

const LEAST = 0.1;
const MOST = 4;
const STEP = 1.25;
const READABLE = 0.6;

class ZoomPicture extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.frame = this.querySelector(".zoom-frame");
    this.picture = this.frame?.querySelector("svg");
    if (!this.picture) return;
    this.wide = Number(this.picture.getAttribute("width"));
    this.high = Number(this.picture.getAttribute("height"));
    this.scale = 1;
    this.#to(Math.min(1, Math.max(READABLE, this.frame.clientWidth / this.wide)));
    this.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    this.frame.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    this.frame.addEventListener("wheel", (event) => this.#turned(event), { signal, passive: false });
    this.frame.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    this.frame.addEventListener("pointerdown", (event) => this.#grabbed(event), { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  /** Draw at this scale, keeping what is at this place of the frame where it is. */
  #to(scale, x = this.frame.clientWidth / 2, y = this.frame.clientHeight / 2) {
    const next = Math.min(MOST, Math.max(LEAST, scale));
    const by = next / this.scale;
    const [left, top] = [(this.frame.scrollLeft + x) * by - x, (this.frame.scrollTop + y) * by - y];
    this.scale = next;
    this.picture.style.width = `${this.wide * next}px`;
    this.picture.style.height = `${this.high * next}px`;
    this.frame.scrollTo(left, top);
  }

  #zoom(kind) {
    const { clientWidth: wide, clientHeight: high } = this.frame;
    if (kind === "all") this.#to(Math.min(1.5, wide / this.wide, Math.max(high, 240) / this.high));
    else this.#to(this.scale * (kind === "in" ? STEP : 1 / STEP));
  }

  #clicked(event) {
    const at = event.target.closest("[data-zoom]");
    if (at) this.#zoom(at.dataset.zoom);
    else if (this.moved && event.target.closest(".zoom-frame a")) {
      event.preventDefault(); // it was dragged, not followed
      event.stopPropagation();
    }
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const kind = { "+": "in", "=": "in", "-": "out", 0: "all" }[event.key];
    if (!kind) return;
    this.#zoom(kind);
    event.preventDefault();
    event.stopPropagation();
  }

  #turned(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.frame.getBoundingClientRect();
    this.#to(this.scale * Math.exp(-event.deltaY / 240), event.clientX - box.left, event.clientY - box.top);
  }

  /** Fingers scroll by themselves. */
  #grabbed(event) {
    this.moved = false;
    if (event.pointerType === "touch" || event.button) return;
    const { scrollLeft, scrollTop } = this.frame;
    const end = new AbortController();
    window.addEventListener("pointermove", (now) => {
      const [x, y] = [now.clientX - event.clientX, now.clientY - event.clientY];
      if (!this.moved && Math.hypot(x, y) < 4) return;
      this.moved = true;
      this.frame.classList.add("moving");
      this.frame.scrollTo(scrollLeft - x, scrollTop - y);
    }, { signal: end.signal });
    for (const over of ["pointerup", "pointercancel"]) {
      window.addEventListener(over, () => {
        this.frame.classList.remove("moving");
        end.abort();
      }, { signal: end.signal });
    }
  }
}

customElements.define("zoom-picture", ZoomPicture);
