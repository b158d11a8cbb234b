// The input for a related record: searched by words, given by number, or "me".

import { h, pick } from "./dom.js";

const PAUSE = 200; // milliseconds without a key before a search
let lists = 0;

/** What a related record is called. */
export function recordWords(setup, field, value) {
  if (typeof value === "object") return setup.words[value.me ? "me" : "my_unit"];
  return setup.names[field.target]?.[value] ?? `#${value}`;
}

/** One related record: its id, or {me: true}, {my_unit: true} where the field can lead to whoever asks. */
export function record(setup, field, value, label, changed) {
  const asker = setup.askers[field.target];
  if (!asker) return searched(setup, field, value, label, changed);
  const box = h("span", { class: "record" });
  const show = (form, current) => {
    const select = pick([["", setup.words.choose], ["asker", setup.words[asker]], ["record", setup.words.record]], form, label, (chosen) => {
      show(chosen);
      changed(chosen === "asker" ? { [asker]: true } : undefined);
      box.querySelector(chosen === "record" ? "input" : "select")?.focus();
    }, { required: true });
    box.replaceChildren(select, ...(form === "record" ? [searched(setup, field, current, label, changed)] : []));
  };
  show(value === undefined ? "" : typeof value === "object" ? "asker" : "record", value);
  return box;
}

function searched(setup, field, value, label, changed) {
  const list = h("datalist", { id: `condition-records-${++lists}` });
  const input = h("input", {
    type: "text", required: true, list: list.id, "aria-label": label, placeholder: setup.words.record, autocomplete: "off",
  });
  input.value = value === undefined ? "" : recordWords(setup, field, value);
  const known = new Map();
  const chosen = () => known.get(input.value) ?? numbered(input.value);
  let waiting;
  input.addEventListener("input", () => {
    const id = chosen();
    input.setCustomValidity(id === undefined ? setup.words.record : "");
    changed(id);
    clearTimeout(waiting);
    if (id === undefined && input.value && setup.searchUrl) waiting = setTimeout(() => search(setup, field, input.value, known, list), PAUSE);
  });
  return h("span", { class: "search" }, input, list);
}

const numbered = (text) => (/^#?[1-9][0-9]{0,14}$/.test(text) ? Number(text.replace("#", "")) : undefined);

/** Offer the records that match; two of the same name are told apart by their numbers. */
async function search(setup, field, text, known, list) {
  const address = new URL(setup.searchUrl, document.baseURI);
  address.search = new URLSearchParams({ ...Object.fromEntries(address.searchParams), type: field.target, q: text });
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  for (const { id, label } of await answer.json()) {
    const words = known.has(label) && known.get(label) !== id ? `${label} #${id}` : label;
    known.set(words, id);
    (setup.names[field.target] ??= {})[id] = label;
  }
  list.replaceChildren(...[...known.keys()].map((words) => new Option(words)));
}
