// The picture of a map as it stands, with its title, made to stand alone.

import { part } from "./drawing.js";

const KEPT = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "font-size", "font-weight", "font-family", "text-anchor"];
const EDGE = 24;
const TITLE = 40;

/** The picture by itself: every style written into it, as large as what is drawn. */
export function alone(picture, title) {
  const copy = picture.cloneNode(true);
  const [from, to] = [picture.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((each, index) => {
    const style = getComputedStyle(each);
    to[index].setAttribute("style", KEPT.map((key) => `${key}:${style.getPropertyValue(key)}`).join(";"));
    to[index].removeAttribute("href");
  });
  for (const each of copy.querySelectorAll(".reach")) each.remove();
  const size = picture.querySelector(".scene").getBBox();
  const [wide, high] = [Math.ceil(Math.max(size.width, 360) + 2 * EDGE), Math.ceil(size.height + 2 * EDGE + TITLE)];
  copy.querySelector(".scene").setAttribute("transform", `translate(${EDGE - size.x} ${EDGE + TITLE - size.y})`);
  const body = getComputedStyle(document.body);
  copy.prepend(part("rect", { width: wide, height: high, fill: getComputedStyle(picture.parentElement).backgroundColor }));
  copy.append(part("text", { x: EDGE, y: EDGE + 12, "font-size": 15, "font-weight": 600, "font-family": body.fontFamily, fill: body.color }, title));
  const frame = { xmlns: "http://www.w3.org/2000/svg", width: wide, height: high, viewBox: `0 0 ${wide} ${high}` };
  for (const [key, value] of Object.entries(frame)) copy.setAttribute(key, value);
  return { text: new XMLSerializer().serializeToString(copy), wide, high };
}
