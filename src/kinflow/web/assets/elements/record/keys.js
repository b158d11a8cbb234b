// Single keys on a page: ignored while somebody types, holds a modifier, or has a dialog open.

const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog";

/** Listen to single keys on the whole page until the signal stops; `keys` maps a key to what it does. */
export function listen(keys, signal) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    const act = keys[event.key] ?? press(event.key);
    if (act && act(event) !== false) event.preventDefault();
  }, { signal });
}

/** The button or link of the page that says it has this key. */
function press(key) {
  if (!/^[a-z]$/.test(key)) return null;
  const found = document.querySelector(`#main [data-key="${key}"]`);
  if (!found) return null;
  return () => (found.matches("textarea, input") ? found.focus() : found.click());
}
