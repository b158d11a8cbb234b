// <long-work>: while the worker does something, how far it is; when it ends, the page shows what came of it by itself.
//
//   <long-work shown="It is done. Here is the result."><div hx-get="…?part=state" hx-trigger="every 2s" …>…</div></long-work>
//
// Nothing that somebody typed is lost by that: then the link to the result stays. While somebody stands in a field, has a
// dialog open or words marked, it waits. The focus stays where it is; the toasts say it to screen readers.

const FIELDS = "input:not([type=hidden]), textarea, select";
const TYPING = `${FIELDS}, [contenteditable]`;
const AGAIN = ["focusout", "input", "close", "selectionchange"]; // what may have been waited for
const MARKS = ["id", "name", "href", "action"];

class LongWork extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.watch = new MutationObserver(() => this.#look());
    this.watch.observe(this, { childList: true });
    this.addEventListener("htmx:beforeSwap", () => { this.hadFocus = this.contains(document.activeElement); }, { signal });
    const again = () => setTimeout(() => this.#look()); // when the focus is where it goes
    for (const each of AGAIN) document.addEventListener(each, again, { signal, capture: true });
  }

  disconnectedCallback() {
    this.stop.abort();
    this.watch.disconnect();
  }

  async #look() {
    if (this.isShowing || !this.#mayShow()) return;
    this.isShowing = true;
    const answer = await fetch(window.location.href, { cache: "no-store" }).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    this.isShowing = false;
    const fresh = page && page.getElementById("main");
    if (fresh && this.#mayShow()) this.#show(fresh, page.title);
  }

  #mayShow() {
    if (!this.isConnected || this.querySelector("[hx-get]")) return false;
    if (document.activeElement?.matches(TYPING) || document.querySelector("dialog[open]")) return false;
    if (document.getSelection()?.isCollapsed === false) return false;
    return ![...document.getElementById("main").querySelectorAll(FIELDS)].some(isChanged);
  }

  #show(fresh, title) {
    const main = document.getElementById("main");
    const at = document.activeElement;
    const isHere = main.contains(at) || (this.hadFocus && at === document.body);
    const isDone = Boolean(this.querySelector("a.link"));
    main.replaceChildren(...fresh.childNodes);
    document.title = title;
    window.htmx.process(main);
    if (isHere && at !== main) (again(at, main) ?? main).focus({ preventScroll: true });
    if (isDone) document.dispatchEvent(new CustomEvent("kinflow:toast", { detail: { text: this.getAttribute("shown") } }));
  }
}

/** Whether somebody filled the field otherwise than the page came with. */
function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.localName !== "select") return field.value !== field.defaultValue;
  const options = [...field.options];
  const first = options.some((each) => each.defaultSelected) || field.multiple ? null : options[0];
  return options.some((each) => each.selected !== (each.defaultSelected || each === first));
}

/** What had the focus, in the page as it is now. */
function again(element, main) {
  const mark = MARKS.find((each) => element.getAttribute(each));
  return mark && main.querySelector(`${element.localName}[${mark}="${CSS.escape(element.getAttribute(mark))}"]`);
}

customElements.define("long-work", LongWork);
