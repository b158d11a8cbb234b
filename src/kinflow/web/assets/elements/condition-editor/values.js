// The inputs for a test's value: one per shape of value, and within it one per kind of field.

import { h, pick } from "./dom.js";
import { record, recordWords } from "./records.js";
import { dated } from "./dated.js";

/** The input for a value of the shape; calls `changed` with the value, undefined while it is none. */
export function valueInput(setup, field, shape, value, changed) {
  const { words } = setup;
  switch (shape) {
    case "nothing":
      return null;
    case "duration":
      return duration(setup, field, value, changed);
    case "period":
      return pick(setup.periods, value, words.period, changed, { required: true });
    case "pair":
      return pair(setup, field, value ?? [], changed);
    case "several":
      return field.choices ? checks(setup, field, value ?? [], changed) : tokens(setup, field, value ?? [], changed);
    default:
      return one(setup, field, value, words.value, changed);
  }
}

function one(setup, field, value, label, changed) {
  const { words, limits } = setup;
  switch (field.kind) {
    case "integer":
      return number(value, label, changed);
    case "decimal":
    case "money":
      return typed(value, label, changed, { inputmode: "decimal", pattern: "-?[0-9]+(\\.[0-9]+)?", class: "short" });
    case "boolean":
      return pick([["true", words.yes], ["false", words.no]], value === undefined ? null : String(value), label, (v) =>
        changed(v === "true"), { required: true });
    case "date":
    case "moment":
      return dated(setup, field.kind === "moment", value, label, changed);
    case "relation":
      return record(setup, field, value, label, changed);
    case "choice":
    case "choice_list":
      if (field.choices) return choice(field, value, label, changed);
  }
  return typed(value, label, changed, { maxlength: limits.text });
}

function typed(value, label, changed, more) {
  const input = h("input", { type: "text", required: true, "aria-label": label, autocomplete: "off", ...more });
  input.value = value ?? "";
  input.addEventListener("input", () => changed(input.value && input.validity.valid ? input.value : undefined));
  return input;
}

function number(value, label, changed, more = {}) {
  const input = h("input", { type: "number", step: 1, required: true, "aria-label": label, class: "short", ...more });
  input.value = value ?? "";
  input.addEventListener("input", () => changed(input.validity.valid ? input.valueAsNumber : undefined));
  return input;
}

function choice(field, value, label, changed) {
  const options = field.choices.map(([known, words], i) => [String(i), words]);
  const chosen = field.choices.findIndex(([known]) => known === value);
  return pick(options, String(chosen), label, (i) => changed(field.choices[i][0]), { required: true });
}

function pair(setup, field, value, changed) {
  const ends = [...value];
  const end = (i, label) =>
    one(setup, field, ends[i], label, (changedEnd) => {
      ends[i] = changedEnd;
      changed(ends[0] === undefined || ends[1] === undefined ? undefined : [...ends]);
    });
  return h("span", { class: "ends" }, end(0, setup.words.low), h("span", { "aria-hidden": "true" }, "–"), end(1, setup.words.high));
}

function duration(setup, field, value, changed) {
  const units = setup.units.filter(([unit]) => field.kind === "moment" || !["minutes", "hours"].includes(unit));
  let [unit, amount] = Object.entries(value ?? {})[0] ?? ["days", undefined];
  const told = () => changed(amount === undefined ? undefined : { [unit]: amount });
  const input = number(amount, setup.words.amount, (n) => { amount = n; told(); }, { min: 1, max: setup.limits.amounts[unit] });
  const select = pick(units, unit, setup.words.unit, (chosen) => {
    unit = chosen;
    input.max = setup.limits.amounts[unit];
    input.dispatchEvent(new Event("input"));
  });
  return h("span", { class: "length" }, input, select);
}

/** Several of known choices: a box for each. */
function checks(setup, field, value, changed) {
  const chosen = new Set(value);
  const boxes = field.choices.map(([known, words]) => {
    const box = h("input", { type: "checkbox", checked: chosen.has(known) });
    box.addEventListener("change", () => {
      box.checked ? chosen.add(known) : chosen.delete(known);
      validate();
      changed(chosen.size ? field.choices.map(([each]) => each).filter((each) => chosen.has(each)) : undefined);
    });
    return h("label", {}, box, words);
  });
  const first = boxes[0]?.querySelector("input");
  const validate = () => first?.setCustomValidity(chosen.size ? "" : setup.words.choose);
  validate();
  return h("span", { class: "checks", role: "group", "aria-label": setup.words.value }, ...boxes);
}

/** Several free values: those there are as chips that can be removed, and an input for another. */
function tokens(setup, field, value, changed) {
  const values = [...value];
  const box = h("span", { class: "tokens", role: "group", "aria-label": setup.words.value });
  const told = (focus) => {
    show(focus);
    changed(values.length ? [...values] : undefined);
  };
  const add = (item) => {
    if (item === undefined || values.some((each) => JSON.stringify(each) === JSON.stringify(item))) return;
    values.push(item);
    told(true);
  };
  const chip = (item, i) => {
    const words = field.kind === "relation" ? recordWords(setup, field, item) : String(item);
    const remove = h("button", { type: "button", "aria-label": setup.words.remove_value.replace("{value}", words) }, "×");
    remove.addEventListener("click", () => { values.splice(i, 1); told(true); });
    return h("span", { class: "token" }, words, remove);
  };
  const show = (focus) => {
    const entry = field.kind === "relation" ? record(setup, field, undefined, setup.words.record, add) : free(setup, field, add);
    for (const input of [entry, ...entry.querySelectorAll("input, select")]) {
      if (values.length) input.removeAttribute("required");
    }
    box.replaceChildren(...values.map(chip), entry);
    if (focus) (entry.matches("input") ? entry : entry.querySelector("input, select")).focus();
  };
  show(false);
  return box;
}

/** An input whose value counts on Enter, on a comma in figures, and when it is left. */
function free(setup, field, add) {
  let item;
  const input = one(setup, field, undefined, setup.words.type_value, (value) => { item = value; });
  input.placeholder = setup.words.type_value;
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add(item);
  });
  input.addEventListener("change", () => add(item));
  return input;
}
