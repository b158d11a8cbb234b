// Following an address as any link of the page would: links inside drawings are unknown to htmx.

/** Go to the address, from inside this element. */
export function follow(element, address) {
  const link = Object.assign(document.createElement("a"), { href: address, hidden: true });
  element.append(link);
  window.htmx.process(link);
  link.click();
}
