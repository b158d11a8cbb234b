// The colours of the design, as numbers that drawing libraries understand.

const paper = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

/** What a CSS colour (variables too) is within this element, as rgb(). */
export function colour(element, words) {
  const probe = Object.assign(document.createElement("span"), { hidden: true });
  probe.style.color = words;
  element.append(probe);
  paper.clearRect(0, 0, 1, 1);
  paper.fillStyle = getComputedStyle(probe).color;
  paper.fillRect(0, 0, 1, 1);
  probe.remove();
  const [red, green, blue] = paper.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

/** Call back whenever light turns dark or dark light. */
export function onTheme(signal, call) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", call, { signal });
  const watch = new MutationObserver(call);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  signal.addEventListener("abort", () => watch.disconnect());
}
