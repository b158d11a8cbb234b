// The frame around the pages: navigation swaps only the middle, links open dialogs, the rail follows.

const main = () => document.getElementById("main");
const dialog = () => document.getElementById("dialog");

/** Wire the frame; once for a document. */
export function frame() {
  if (!main()) return;
  document.addEventListener("htmx:beforeSwap", swapMiddle);
  document.addEventListener("htmx:afterSwap", ({ detail, target }) => {
    if (target.id === "dialog" || dialog()?.contains(target)) show();
    if (detail.boosted || target.id === "main" || detail.target?.id === "main") arrived();
  });
  document.addEventListener("kinflow:dialog", show);
  document.addEventListener("kinflow:done", hide);
  document.addEventListener("kinflow:close", hide);
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    document.body.classList.remove("loading");
    if (detail.xhr?.status === 204 && dialog()?.contains(detail.elt)) hide();
  });
  document.addEventListener("htmx:beforeRequest", () => document.body.classList.add("loading"));
  document.addEventListener("click", clicked, true); // before htmx, which would follow the link
  document.addEventListener("keydown", sendAway);
  dialog()?.addEventListener("close", () => dialog().replaceChildren());
  document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
    // what a form was sent to is no page to come back to: a refused form stays at the address it stood at
    if (detail.xhr?.status < 400 || detail.requestConfig?.verb === "get") return;
    Object.assign(detail.history, { type: "replace", path: window.location.pathname + window.location.search });
  });
  document.addEventListener("htmx:beforeSwap", keepPlace);
  document.addEventListener("htmx:afterSettle", takePlace);
  document.addEventListener("htmx:afterSettle", ({ detail }) => detail.xhr?.status >= 400 && toWrong(detail.target));
  if (performance.getEntriesByType("navigation")[0]?.responseStatus >= 400) toWrong(main());
  showTab();
}

/** Where Enter begins a line, Ctrl (or Cmd) and Enter send what was written. */
function sendAway(event) {
  const isSent = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing && !event.defaultPrevented;
  if (!isSent || !event.target.matches?.("textarea")) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
}

/** What was refused: open what hides the first field that is wrong, and go there. A dialog sees to its own. */
function toWrong(part) {
  const at = document.contains(part) ? part : main();
  if (at.closest("dialog")) return;
  const wrong = at.querySelector('[aria-invalid="true"], p.error');
  for (let box = wrong?.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  (wrong?.matches("p") ? fieldOf(wrong) : wrong)?.focus();
}

/** Where what is said under several fields is mended: the field before it, else the first beside it. */
function fieldOf(said) {
  const FIELDS = "input:not([type=hidden]), select, textarea";
  const before = said.previousElementSibling;
  return (before?.matches(FIELDS) ? before : before?.querySelector(FIELDS)) ?? said.parentElement.querySelector(FIELDS);
}

let place = null;

/** Who changes a part of a form stays at the same field of the new part; htmx sees to fields that have an id. */
function keepPlace({ detail: { target } }) {
  const at = document.activeElement;
  place = at?.name && !at.id && target?.id && target.contains(at) ? { part: target.id, name: at.name, value: at.value } : null;
}

function takePlace() {
  const part = place && document.getElementById(place.part);
  if (part && (document.activeElement === document.body || !document.activeElement)) {
    const alike = [...part.querySelectorAll("[name]")].filter((each) => each.name === place.name);
    const same = alike.find((each) => each.value === place.value) ?? alike.at(-1);
    (same ?? part.querySelector("select, input:not([type=hidden]), textarea, button"))?.focus();
  }
  place = null;
}

/** Where tabs reach past the edge of the screen, bring the one that is open into sight. */
function showTab() {
  for (const tab of main().querySelectorAll(".views > .on")) {
    const tabs = tab.parentElement;
    const beyond = tab.getBoundingClientRect().right - tabs.getBoundingClientRect().right + tab.offsetWidth;
    if (beyond > 0) tabs.scrollLeft += beyond;
  }
}

function swapMiddle({ detail }) {
  const asked = detail.requestConfig;
  if (!(detail.boosted || asked?.boosted) || detail.isError && !detail.xhr.responseText) return;
  if (!/<main[^>]*id="main"/.test(detail.serverResponse) || !/class="shell"/.test(detail.serverResponse)) {
    detail.shouldSwap = false; // a page without this frame (the sign-in page) is loaded as a whole
    window.location.assign(detail.xhr.responseURL || asked.path);
    return;
  }
  detail.target = main();
  detail.selectOverride = "#main";
  detail.swapOverride = "outerHTML";
}

/** A new middle is there: close what lay above it, mark the place in the rail, let screen readers start there. */
function arrived() {
  for (const open of document.querySelectorAll("dialog[open]")) open.close();
  for (const menu of document.querySelectorAll("menu-button details[open]")) menu.open = false;
  const path = window.location.pathname;
  const fits = (link) => path === link.pathname || (link.pathname !== "/" && path.startsWith(link.pathname));
  const links = [...document.querySelectorAll(".rail .place a")].filter(fits);
  const best = links.sort((a, b) => b.pathname.length - a.pathname.length || isSub(b) - isSub(a))[0];
  for (const link of document.querySelectorAll(".rail [aria-current]")) link.removeAttribute("aria-current");
  for (const place of document.querySelectorAll(".rail .place")) place.classList.toggle("on", place.contains(best ?? null));
  best?.setAttribute("aria-current", "page");
  showTab();
  for (const next of document.querySelectorAll("input[name=next]")) {
    if (!main().contains(next)) next.value = path + window.location.search;
  }
  if (!main().contains(document.activeElement)) main().focus({ preventScroll: true });
}

const isSub = (link) => Number(Boolean(link.closest(".subs")));

function clicked(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const at = event.target.closest?.("[data-dialog], [data-close], [data-sheet]");
  if (!at) return;
  if (at.dataset.sheet) sheet(at.dataset.sheet);
  else if (at.hasAttribute("data-close")) {
    const open = at.closest("dialog[open]");
    if (!open) return;
    open.close();
  } else fill(at.getAttribute("href"));
  event.preventDefault();
  event.stopPropagation();
}

/** Load a fragment into the one dialog; it opens when the fragment is there. */
export function fill(address) {
  for (const menu of document.querySelectorAll("menu-button details[open]")) menu.open = false;
  window.htmx.ajax("GET", address, { target: "#dialog", swap: "innerHTML" });
}

/** Open a sheet from the template of this name. */
export function sheet(name) {
  const box = document.getElementById("sheet");
  box.className = name === "keys" ? "" : "sheet";
  box.replaceChildren(document.getElementById(name).content.cloneNode(true));
  if (name === "keys") pageKeys(box.querySelector("[data-page-keys]"));
  window.htmx.process(box);
  if (!box.open) box.showModal();
}

function pageKeys(section) {
  const list = section.querySelector("dl");
  for (const at of document.querySelectorAll("#main [data-key]")) {
    const words = at.getAttribute("aria-label") || at.getAttribute("placeholder") || at.textContent.trim();
    if (!words || at.dataset.key.length !== 1) continue;
    const key = Object.assign(document.createElement("kbd"), { textContent: at.dataset.key.toUpperCase() });
    list.append(Object.assign(document.createElement("dt"), { textContent: words }), document.createElement("dd"));
    list.lastChild.append(key);
  }
  section.hidden = !list.children.length;
}

function show() {
  const box = dialog();
  if (!box.firstElementChild) return;
  const title = box.querySelector("h1, h2, legend");
  if (title) box.setAttribute("aria-label", title.textContent.trim());
  if (!box.open) box.showModal();
  const wrong = box.querySelector("[aria-invalid=true]");
  (wrong ?? box.querySelector("[autofocus], .field :is(input:not([type=hidden]), select, textarea)"))?.focus();
  // htmx would go there once more when it has settled, under the fingers of whoever types already
  for (const each of box.querySelectorAll("[autofocus]")) each.removeAttribute("autofocus");
}

function hide() {
  if (dialog()?.open) dialog().close();
}
