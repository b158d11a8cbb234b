// <bpmn-editor>: a design in bpmn-js (loaded when it appears), checked while it is drawn, with the form of the chosen element beside it.
//
//   <bpmn-editor data-here="/process-design/3/" data-number="2" data-leave="…" data-broken="…" data-unopened="…">
//     <script id="editor-words" type="application/json">{"Create task": "创建任务"}</script>
//     <button data-editor="save">…</button>                       also undo, redo, fit
//     <div class="editor-canvas"></div>
//     <section class="editor-found"><button data-element="a">…</button></section>
//     <section class="editor-beside" id="editor-beside"></section>
//   </bpmn-editor>

const REST = 700; // milliseconds without a change after which the drawing is checked

class BpmnEditor extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.here = this.dataset.here;
    this.unchosen = this.querySelector(".editor-beside").innerHTML;
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.addEventListener("htmx:afterSettle", () => this.#took(), { signal });
    this.addEventListener("submit", () => this.#note(), { signal, capture: true });
    window.addEventListener("beforeunload", (event) => this.isChanged && event.preventDefault(), { signal });
    document.addEventListener("htmx:beforeRequest", (event) => {
      if (this.isChanged && event.detail.boosted && !confirm(this.dataset.leave)) event.preventDefault();
    }, { signal });
    this.#open();
  }

  disconnectedCallback() {
    this.stop.abort();
    clearTimeout(this.resting);
    this.drawing?.destroy();
  }

  async #open() {
    const { begin } = await import("./bpmn-editor/drawing.js");
    const answer = await fetch(`${this.here}edit/model.txt`).catch(() => null);
    if (!this.isConnected) return;
    if (!answer?.ok) return this.#say(this.dataset.broken);
    const words = JSON.parse(this.querySelector("#editor-words").textContent);
    const only = matchMedia("(max-width: 720px)").matches;
    this.drawing = begin(this.querySelector(".editor-canvas"), words, only);
    this.drawing.on("chosen", (element) => this.#beside(element));
    this.drawing.on("changed", () => this.#changed());
    try {
      await this.drawing.open(await answer.text());
    } catch {
      return this.#say(this.dataset.unopened);
    }
    const canvas = this.querySelector(".editor-canvas");
    canvas.querySelector("svg[tabindex]")?.setAttribute("aria-label", canvas.getAttribute("aria-label"));
    this.drawing.mark(this.#elements());
    this.dataset.ready = "";
  }

  #clicked(event) {
    const found = event.target.closest("[data-element], [data-editor]");
    if (!found || !this.drawing) return;
    if (found.dataset.element) this.drawing.goTo(found.dataset.element);
    else if (found.dataset.editor === "save") this.#save();
    else this.drawing[found.dataset.editor]();
  }

  #changed() {
    const { canUndo, canRedo } = this.drawing;
    this.isChanged = true;
    this.#leave();
    if (this.shown && this.drawing.has(this.shown) && this.drawing.kindOf(this.shown) !== this.shownKind) this.#beside(this.shown);
    this.#button("undo").disabled = !canUndo;
    this.#button("redo").disabled = !canRedo;
    this.#button("save").disabled = false;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.#check(), REST);
  }

  async #check() {
    if (this.isAsking) return void (this.isAskedAgain = true);
    this.isAsking = true;
    const answer = await this.#send("check/");
    this.isAsking = false;
    if (answer) await this.#show(answer);
    if (this.isAskedAgain) {
      this.isAskedAgain = false;
      this.#check();
    }
  }

  async #save() {
    clearTimeout(this.resting);
    const steps = this.drawing.steps;
    const answer = await this.#send("edit/");
    if (!answer) return this.#say(this.dataset.broken);
    const number = answer.headers.get("X-Design-Number");
    await this.#show(answer);
    if (!number) return;
    this.#numbered(number);
    this.isChanged = this.drawing.steps !== steps;
    this.#button("save").disabled = !this.isChanged;
    this.#beside(this.drawing.chosen);
  }

  async #send(where) {
    const body = new FormData();
    body.set("file", new Blob([await this.drawing.xml()], { type: "application/xml" }), "model.bpmn");
    body.set("seen", this.dataset.number);
    const headers = { "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"], "HX-Request": "true" };
    return fetch(this.here + where, { method: "POST", body, headers }).catch(() => null);
  }

  async #show(answer) {
    const text = await answer.text();
    if (!this.isConnected) return;
    this.querySelector(".editor-found").innerHTML = text;
    this.drawing.mark(this.#elements());
  }

  #say(words) {
    const told = document.createElement("p");
    told.className = "notice bad";
    told.role = "alert";
    told.textContent = words;
    this.querySelector(".editor-found").replaceChildren(told);
  }

  /** The form of the chosen element, the same as on its own page, answered into its place; of its kind as it is drawn. */
  #beside(element) {
    if (!element) return;
    this.shown = element;
    this.shownKind = this.drawing.kindOf(element);
    const address = `${this.here}element/${encodeURIComponent(element)}/`;
    window.htmx.ajax("GET", `${address}?beside=1&drawn=${encodeURIComponent(this.shownKind)}`, { target: "#editor-beside", swap: "innerHTML" });
  }

  /** Take the form away whose element is gone from the drawing. */
  #leave() {
    if (!this.shown || this.drawing.has(this.shown)) return;
    this.querySelector(".editor-beside").innerHTML = this.unchosen;
  }

  #note() {
    this.isTaken = true;
  }

  /** After a form beside the drawing was kept: the version that it made is the one that was seen. */
  #took() {
    this.#leave();
    const number = this.querySelector("#editor-beside [data-number]")?.dataset.number;
    if (number && number !== this.dataset.number && this.isTaken) {
      this.#numbered(number);
      const { repeated, ...told } = this.querySelector("#editor-beside [data-number]").dataset;
      const wasChanged = this.isChanged;
      if (repeated) this.drawing.repeat(repeated, told);
      this.isChanged = wasChanged; // what the form kept needs no saving
      this.#button("save").disabled = !wasChanged;
      this.#check();
    }
    this.isTaken = false;
  }

  #numbered(number) {
    this.dataset.number = number;
    const chip = document.querySelector("[data-editor-number]");
    if (chip) chip.textContent = `v${number}`;
  }

  #elements() {
    return [...this.querySelectorAll(".editor-found [data-element]")].map((each) => each.dataset.element);
  }

  #button(name) {
    return this.querySelector(`[data-editor="${name}"]`);
  }
}

customElements.define("bpmn-editor", BpmnEditor);
