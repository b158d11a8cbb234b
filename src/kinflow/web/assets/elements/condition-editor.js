// <condition-editor>: edits a condition as nested groups of tests and keeps its JSON in a hidden input.
//
//   <condition-editor name="condition" label="Filter" setup='{"type": "lead", "types": {…}, …}'
//                     sentence-url="/conditions/sentence" search-url="/search/records">
//     <textarea name="condition">{"all": []}</textarea>   <!-- what is edited; stays as it is without JavaScript -->
//   </condition-editor>
//
// The template tag `condition_editor` writes it. `setup` holds the vocabulary and all words. Each change fires
// "condition-change" with {condition, complete} in `detail`; unfinished parts keep the form from being sent.

import { h, pick } from "./condition-editor/dom.js";
import { Fields } from "./condition-editor/fields.js";
import { finished, group, has, read, test, write } from "./condition-editor/model.js";
import { valueInput } from "./condition-editor/values.js";

const PAUSE = 250; // milliseconds without a change before the sentence is asked for
const DEEPEST = 5; // groups inside one another that can be added here
const LONGEST = 6000; // characters of a condition that fit into an address

class ConditionEditor extends HTMLElement {
  connectedCallback() {
    const source = this.querySelector("textarea, input[type=hidden]");
    if (!source || this.root) return;
    try {
      this.root = read(JSON.parse(source.value || "{}"));
    } catch {
      return; // leave the text as it is: the server says what is wrong with it
    }
    this.setup = JSON.parse(this.getAttribute("setup"));
    this.setup.searchUrl = this.getAttribute("search-url");
    this.fields = new Fields(this.setup);
    this.output = h("input", { type: "hidden", name: this.getAttribute("name") });
    this.body = h("div", { class: "body", role: "group", "aria-label": this.getAttribute("label") });
    this.sentence = h("output", { "aria-live": "polite" });
    this.replaceChildren(this.output, this.body, this.sentence);
    this.#show();
    this.#tell();
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
  }

  /** The condition as data, without its unfinished parts. */
  get condition() {
    return JSON.parse(this.output.value);
  }

  #show(focus) {
    this.body.replaceChildren(this.#group(this.root, this.setup.type, 1, null));
    if (focus) this.body.querySelector(`[data-key="${focus}"]`)?.focus();
  }

  /** After a change of shape: show everything anew, put the focus where work goes on, and say so. */
  #changed(focus) {
    this.#show(focus);
    this.#tell();
  }

  #group(part, type, depth, parent) {
    const { words } = this.setup;
    const modes = ["all", "any", "none", "not_all"].map((mode) => [mode, words[mode]]);
    const mode = pick(modes, part.mode, words.how, (chosen) => {
      part.mode = chosen;
      this.#tell();
    }, { class: "mode", "data-key": `${part.id}.mode` });
    const rows = part.parts.map((each) => this.#part(each, type, depth, part));
    const empty = !rows.length && depth === 1 ? h("p", { class: "empty" }, words.everything) : null;
    return h("div", { class: "group", role: "group", "aria-label": words[part.mode], "data-part": part.id },
      h("div", { class: "head" }, mode, parent && this.#remove(() => part, parent, words.remove_group)),
      empty, ...rows,
      h("div", { class: "add" },
        this.#button(words.add, `${part.id}.add`, () => this.#append(part, test())),
        depth < DEEPEST ? this.#button(words.add_group, `${part.id}.group`, () => this.#append(part, group("any", [test()]))) : null));
  }

  #append(part, added) {
    part.parts.push(added);
    this.#changed(`${(added.parts?.[0] ?? added).id}.field`);
  }

  #part(part, type, depth, parent) {
    if (part.kind === "group") return this.#group(part, type, depth + 1, parent);
    return this.#line(part, type, depth, parent);
  }

  /** A test or a "has": the pick list of fields stays while what stands behind it changes with the field. */
  #line(part, type, depth, parent) {
    const behind = h("span", { class: "behind" });
    const inside = h("div", { class: "inside" });
    const select = this.#field(part, type);
    const row = h("div", { class: "row" }, select, behind, this.#remove(() => part, parent, this.setup.words.remove));
    const line = h("div", { class: "line" }, row, inside);
    const show = () => {
      line.dataset.part = part.id;
      select.dataset.key = `${part.id}.field`;
      const found = this.fields.find(type, part.path ?? part.field);
      behind.replaceChildren(...(part.kind === "has" ? this.#count(part) : this.#question(part, found?.field)));
      inside.replaceChildren(...(part.kind === "has" && found ? [this.#group(part.where, found.field.target, depth + 1, null)] : []));
    };
    select.addEventListener("change", () => {
      const chosen = this.#chosen(part, type, select.value);
      parent.parts.splice(parent.parts.indexOf(part), 1, chosen);
      part = chosen;
      show();
      this.#tell();
    });
    show();
    return line;
  }

  #field(part, type) {
    const { words } = this.setup;
    const path = part.path ?? part.field;
    const select = h("select", { "aria-label": words.field, required: true, class: "field" });
    select.append(new Option(words.choose, ""));
    const offered = this.fields.offered(type, words);
    if (path && !offered.some(([, options]) => options.some(([known]) => known === path))) {
      select.append(new Option(this.fields.find(type, path)?.words ?? path, path));
    }
    for (const [label, options] of offered) {
      const list = h("optgroup", { label });
      list.append(...options.map(([known, name]) => new Option(name, known)));
      select.append(list);
    }
    select.value = path;
    return select;
  }

  /** The part with another field: the operator stays where the new kind knows it; several records make it a "has". */
  #chosen(part, type, path) {
    const field = path && this.fields.find(type, path)?.field;
    if (field?.many) return has(path);
    const known = this.setup.operators[field?.kind] ?? [];
    const op = known.find((each) => each.op === part.op) ?? known[0];
    return test(path, op?.op ?? "", kept(undefined, null, op?.shape));
  }

  /** What a test asks: an operator, and the value it takes. */
  #question(part, field) {
    if (!field) return [];
    const known = this.setup.operators[field.kind];
    const shapeOf = (op) => known.find((each) => each.op === op)?.shape;
    const value = h("span", { class: "value" });
    const show = () => {
      const input = valueInput(this.setup, field, shapeOf(part.op), part.value, (changed) => {
        part.value = changed;
        this.#tell();
      });
      value.replaceChildren(...(input ? [input] : []));
    };
    const select = pick(known.map(({ op, words }) => [op, words]), part.op, this.setup.words.operator, (op) => {
      part.value = kept(part.value, shapeOf(part.op), shapeOf(op));
      part.op = op;
      show();
      this.#tell();
    }, { required: true, class: "operator" });
    show();
    return [select, value];
  }

  /** How many related records a "has" asks for. */
  #count(part) {
    const { words, limits } = this.setup;
    const less = pick([["", words.has], ["less", words.has_less]], part.less ? "less" : "", words.operator, (chosen) => {
      part.less = chosen === "less";
      this.#tell();
    }, { class: "operator" });
    const count = h("input", { type: "number", min: 1, max: limits.count, step: 1, required: true, class: "short", "aria-label": words.count });
    count.value = part.count;
    count.addEventListener("input", () => {
      part.count = count.validity.valid ? count.valueAsNumber : 1;
      this.#tell();
    });
    return [less, h("span", { class: "value" }, count, h("span", { class: "which" }, words.where))];
  }

  #remove(partOf, parent, label) {
    return h("button", { type: "button", class: "remove", "aria-label": label, title: label, click: () => {
      const at = parent.parts.indexOf(partOf());
      parent.parts.splice(at, 1);
      const next = parent.parts[at] ?? parent.parts[at - 1];
      this.#changed(next ? `${next.id}.${next.kind === "group" ? "mode" : "field"}` : `${parent.id}.add`);
    } }, "×");
  }

  #button(words, key, click) {
    return h("button", { type: "button", class: "more", "data-key": key, click }, `+ ${words}`);
  }

  /** Put the condition into the form, tell whoever listens, and ask how it reads. */
  #tell() {
    this.places = new Map();
    const condition = write(this.root, this.places);
    this.output.value = JSON.stringify(condition);
    const complete = everyPart(this.root).every(finished);
    this.dispatchEvent(new CustomEvent("condition-change", { bubbles: true, detail: { condition, complete } }));
    clearTimeout(this.waiting);
    if (this.getAttribute("sentence-url")) this.waiting = setTimeout(() => this.#read(), PAUSE);
  }

  async #read() {
    const condition = this.output.value;
    if (condition.length > LONGEST) return this.#say("");
    const address = new URL(this.getAttribute("sentence-url"), document.baseURI);
    address.searchParams.set("type", this.setup.type);
    address.searchParams.set("condition", condition);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || condition !== this.output.value) return undefined; // gone wrong, or overtaken by a newer one
    const told = await answer.json();
    return told.sentence === undefined ? this.#say(`${told.message} ${told.remedy}`, told.pointer) : this.#say(told.sentence);
  }

  /** Show the sentence, or what is wrong at the part that a pointer leads to. */
  #say(text, pointer) {
    this.sentence.textContent = text;
    this.sentence.classList.toggle("bad", pointer !== undefined);
    for (const row of this.body.querySelectorAll(".wrong")) row.classList.remove("wrong");
    for (let place = pointer; place !== undefined; place = place ? place.slice(0, place.lastIndexOf("/")) : undefined) {
      const row = this.places.has(place) && this.body.querySelector(`[data-part="${this.places.get(place)}"]`);
      if (row) return row.classList.add("wrong");
    }
    return undefined;
  }
}

/** A value for another shape: as it is, alone or in a list; a period always has one. */
function kept(value, before, after) {
  if (before === after) return value;
  if (after === "period") return "week";
  if (before === "one" && after === "several" && value !== undefined) return [value];
  return before === "several" && after === "one" ? value?.[0] : undefined;
}

const everyPart = (part) => [part, ...(part.parts ?? (part.where ? [part.where] : [])).flatMap(everyPart)];

customElements.define("condition-editor", ConditionEditor);
