// <record-list>: the keys, the selection and the editing in place of a list.
//
//   <record-list>
//     <div class="picked" hidden><span class="many" data-text="{n} selected"></span>
//       <a data-dialog data-bulk="/leads/bulk/qualify/" data-verb="qualify" href="…">Qualify</a>
//       <button type="button" class="clear">Clear</button></div>
//     <table class="rows"><thead>… <input type="checkbox" class="all"> …</thead>
//       <tbody><tr data-id="12" data-href="/leads/12/"><td class="pick"><input type="checkbox" name="ids" value="12"></td>
//         <td class="cell" data-edit="/leads/12/edit/score/">40</td></tr></tbody></table>
//   </record-list>
//
// j and k move, Enter opens, x selects, e edits, a assigns. Without JavaScript the rows are links and the pages work.

import { hoverCards } from "./record/hover-card.js";
import { editInPlace, open } from "./record/in-place.js";
import { listen } from "./record/keys.js";

class RecordList extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    editInPlace(this, signal);
    hoverCards(this, signal);
    listen({
      j: () => this.#move(1),
      k: () => this.#move(-1),
      x: () => this.#toggle(),
      e: () => this.#edit(),
      a: () => this.#assign(),
      Enter: (event) => (event.target.closest("a, button, summary, input") ? false : this.#open()),
    }, signal);
    this.addEventListener("change", (event) => {
      if (event.target.matches(".all")) for (const box of this.#boxes()) box.checked = event.target.checked;
      if (event.target.matches(".all, [name=ids]")) this.#tell();
    }, { signal });
    this.addEventListener("click", (event) => {
      if (event.target.closest(".picked .clear")) this.#clear();
    }, { signal });
    this.addEventListener("dblclick", (event) => {
      const cell = event.target.closest("td.cell[data-edit]");
      if (cell && !cell.querySelector("form")) open(cell);
    }, { signal });
    this.#tell();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  #rows() {
    return [...this.querySelectorAll("tr[data-id]")];
  }

  #boxes() {
    return [...this.querySelectorAll("input[name=ids]")];
  }

  get now() {
    return this.querySelector("tr.now");
  }

  #move(step) {
    const rows = this.#rows();
    const at = rows.indexOf(this.now);
    const row = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    if (!row) return false;
    if (step > 0 && at === rows.length - 1) this.querySelector("tr.further a")?.click();
    this.now?.classList.remove("now");
    row.classList.add("now");
    row.querySelector("td:not(.pick) a")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    return true;
  }

  #open() {
    const link = this.now?.querySelector("td:not(.pick) a");
    if (!link) return false;
    link.click();
    return true;
  }

  #toggle() {
    const box = this.now?.querySelector("[name=ids]");
    if (!box) return false;
    box.checked = !box.checked;
    this.#tell();
    return true;
  }

  #edit() {
    const cell = this.now?.querySelector("td.cell[data-edit]");
    if (!cell) return false;
    open(cell);
    return true;
  }

  #assign() {
    const link = this.querySelector('[data-verb="assign"]');
    if (!link || !(this.now || this.#picked().length)) return false;
    if (!this.#picked().length) {
      this.now.querySelector("[name=ids]").checked = true;
      this.#tell();
    }
    link.click();
    return true;
  }

  #picked() {
    return this.#boxes().filter((box) => box.checked).map((box) => box.value);
  }

  #clear() {
    for (const box of this.#boxes()) box.checked = false;
    this.#tell();
  }

  #tell() {
    const ids = this.#picked();
    for (const row of this.#rows()) row.classList.toggle("sel", ids.includes(row.dataset.id));
    const bar = this.querySelector(".picked");
    if (!bar) return;
    bar.hidden = ids.length === 0;
    const many = bar.querySelector(".many");
    many.textContent = many.dataset.text.replace("{n}", ids.length);
    for (const link of bar.querySelectorAll("[data-bulk]")) link.href = `${link.dataset.bulk}?ids=${ids.join(",")}`;
    const all = this.querySelector("input.all");
    if (all) all.checked = ids.length > 0 && ids.length === this.#boxes().length;
  }
}

customElements.define("record-list", RecordList);
