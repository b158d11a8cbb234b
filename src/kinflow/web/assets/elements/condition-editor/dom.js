// Elements made in one expression.

/** An element: attributes (functions become listeners, null and false are left out), then children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A pick list: options as [value, words], the chosen one, what it is called, what to do with another choice. */
export function pick(options, chosen, label, changed, attributes = {}) {
  const select = h("select", { "aria-label": label, ...attributes });
  select.append(...options.map(([value, words]) => new Option(words, value, false, value === chosen)));
  if (!options.some(([value]) => value === chosen)) select.selectedIndex = -1;
  select.addEventListener("change", () => changed(select.value));
  return select;
}
