// The input for a day or a moment: on the calendar, or so many days from today.

import { h, pick } from "./dom.js";

/** A day ("2026-03-01"), with `moments` also a point in time, or {today: n}; `changed` gets undefined for none. */
export function dated(setup, moments, value, label, changed) {
  const { words } = setup;
  const forms = [["date", words.date], ...(moments ? [["moment", words.moment]] : []), ["today", words.today]];
  const box = h("span", { class: "dated" });
  const show = (form, current) => {
    const input = INPUTS[form](current, label, changed);
    const select = pick(forms, form, words.form, (chosen) => {
      show(chosen);
      changed(undefined);
      box.querySelector("select").focus();
    });
    box.replaceChildren(select, input);
  };
  show(formOf(value), value);
  return box;
}

const formOf = (value) => (typeof value === "object" ? "today" : value?.includes("T") ? "moment" : "date");

const INPUTS = {
  date: (value, label, changed) => calendar("date", value ?? "", label, changed),
  moment: (value, label, changed) => calendar("datetime-local", local(value), label, changed),
  today(value, label, changed) {
    const input = h("input", { type: "number", step: 1, min: -40000, max: 40000, required: true, "aria-label": label, class: "short" });
    input.value = value?.today ?? "";
    input.addEventListener("input", () => changed(input.validity.valid ? { today: input.valueAsNumber } : undefined));
    return input;
  },
};

function calendar(type, value, label, changed) {
  const [min, max] = type === "date" ? ["1000-01-01", "2999-12-31"] : ["1000-01-01T00:00", "2999-12-31T23:59"];
  const input = h("input", { type, min, max, required: true, "aria-label": label });
  input.value = value;
  input.addEventListener("input", () => changed(input.value && input.validity.valid ? input.value : undefined));
  return input;
}

/** A point in time as the clock here shows it, for an input that knows no offset. */
function local(value) {
  if (!value || !/(Z|[+-]\d\d:\d\d)$/.test(value)) return value?.slice(0, 16) ?? "";
  const moment = new Date(value);
  return new Date(moment - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}
