// <live-bell>: how many notices are unread, as it happens, and a list of them under the bell.
//
//   <live-bell src="/notices/" count="/notices/count/" live="/live"><a class="icon" href="/notices/">…<span class="badge"></span></a></live-bell>
//
// What the live stream tells goes on as events of the document: topic "notices" as kinflow:notices, and so on.

let stream = null;

class LiveBell extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.link = this.querySelector("a");
    this.list = Object.assign(document.createElement("div"), { className: "popover", hidden: true });
    this.append(this.list);
    this.link.setAttribute("aria-expanded", "false");
    for (const told of ["notices", "stale"]) document.addEventListener(`kinflow:${told}`, () => this.#count(), { signal });
    document.addEventListener("pointerdown", ({ target }) => this.contains(target) || this.#close(), { signal });
    document.addEventListener("htmx:afterSwap", ({ target, detail }) => {
      if (target.id !== "main" && detail.target?.id !== "main") return;
      this.#close();
      if (this.querySelector(".badge i")) this.#count(); // the page may be what a notice was about
    }, { signal });
    this.link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (this.list.hidden) this.#open();
      else this.#close();
    }, { signal });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.list.hidden) return;
      this.#close();
      this.link.focus();
    }, { signal });
    this.#count();
    this.#listen();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  async #count() {
    const answer = await fetch(this.getAttribute("count"), { headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.ok) this.querySelector(".badge").innerHTML = await answer.text();
  }

  async #open() {
    await window.htmx.ajax("GET", this.getAttribute("src"), { target: this.list, swap: "innerHTML" });
    this.list.hidden = false;
    this.link.setAttribute("aria-expanded", "true");
    this.list.querySelector("a, button")?.focus();
  }

  #close() {
    this.list.hidden = true;
    this.link.setAttribute("aria-expanded", "false");
  }

  #listen() {
    if (stream) return;
    stream = new EventSource(this.getAttribute("live"));
    stream.addEventListener("message", ({ data }) => {
      const told = JSON.parse(data);
      document.body.dispatchEvent(new CustomEvent(`kinflow:${told.topic}`, { bubbles: true, detail: told.data }));
    });
    addEventListener("pagehide", () => stream.close());
  }
}

customElements.define("live-bell", LiveBell);
