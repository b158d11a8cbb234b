// Editing in place: Enter saves, Tab saves and moves on, Escape gives up. Forms come from the server into `.cell`s.

/** Watch the cells inside an element; `open` opens the editor of a cell and says whether it has one. */
export function editInPlace(root, signal) {
  let next = null;
  root.addEventListener("keydown", (event) => {
    const form = event.target.closest("form.in-place");
    if (!form) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      giveUp(form);
    } else if (event.key === "Tab" && !event.shiftKey && event.target.closest("record-picker, select, input, textarea")) {
      next = beyond(root, form.closest(".cell"));
      event.preventDefault();
      form.requestSubmit();
    }
  }, { signal });
  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) giveUp(event.target.closest("form.in-place"));
  }, { signal });
  root.addEventListener("htmx:afterSwap", (event) => {
    const cell = event.target.closest?.(".cell");
    if (!cell) return;
    if (cell.querySelector("form.in-place")) {
      next = cell.querySelector("[aria-invalid], .stale") ? null : next;
      return;
    }
    if (next) open(next);
    else (cell.querySelector(".pencil") ?? cell.closest("tr")?.querySelector("a"))?.focus();
    next = null;
  }, { signal });
}

/** Open a cell's editor. */
export function open(cell) {
  const pencil = cell.querySelector(".pencil");
  if (pencil) pencil.click();
  else if (cell.dataset.edit) fill(cell, cell.dataset.edit);
}

/** The editable cell behind this one: in the same row of a list, or the next fact. */
function beyond(root, cell) {
  const within = cell.closest("tr") ?? root;
  const cells = [...within.querySelectorAll(".cell")].filter((each) => each.dataset.edit || each.querySelector(".pencil") || each === cell);
  return cells[cells.indexOf(cell) + 1] ?? null;
}

function giveUp(form) {
  const cell = form.closest(".cell");
  fill(cell, form.dataset.show).then(() => (cell.querySelector(".pencil") ?? cell.closest("tr")?.querySelector("a"))?.focus());
}

/** Put what an address answers into a cell. */
async function fill(cell, address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  cell.innerHTML = await answer.text();
  window.htmx.process(cell);
  cell.querySelector("[autofocus]")?.focus();
}
