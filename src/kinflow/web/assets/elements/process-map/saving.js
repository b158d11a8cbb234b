// The picture of a map as it stands, with its title, made to stand alone.

import { colour } from "../picture/colours.js";
import { part } from "./drawing.js";

const KEPT = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "font-size", "font-weight", "font-family", "text-anchor"];
const COLOURED = new Set(["fill", "stroke"]);
const EDGE = 24;
const TITLE = 40;

/** The colour behind a picture. */
function paperOf(picture) {
  for (let at = picture.parentElement; at; at = at.parentElement) {
    const behind = getComputedStyle(at).backgroundColor;
    if (behind && behind !== "rgba(0, 0, 0, 0)") return behind;
  }
  return "white";
}

/** The picture by itself: every style written into it, as large as what is drawn. */
export function alone(picture, title) {
  const copy = picture.cloneNode(true);
  const [from, to] = [picture.querySelectorAll("*"), copy.querySelectorAll("*")];
  const known = new Map(); // other programs do not understand all colours that browsers do
  const plain = (words) => known.get(words) ?? known.set(words, /^(none|rgb)/.test(words) ? words : colour(document.body, words)).get(words);
  from.forEach((each, index) => {
    const style = getComputedStyle(each);
    const value = (key) => (COLOURED.has(key) ? plain(style.getPropertyValue(key)) : style.getPropertyValue(key));
    to[index].setAttribute("style", KEPT.map((key) => `${key}:${value(key)}`).join(";"));
    to[index].removeAttribute("href");
  });
  for (const each of copy.querySelectorAll(".reach")) each.remove();
  const size = picture.querySelector(".scene").getBBox();
  const [wide, high] = [Math.ceil(Math.max(size.width, 360) + 2 * EDGE), Math.ceil(size.height + 2 * EDGE + TITLE)];
  copy.querySelector(".scene").setAttribute("transform", `translate(${EDGE - size.x} ${EDGE + TITLE - size.y})`);
  const body = getComputedStyle(document.body);
  copy.prepend(part("rect", { width: wide, height: high, fill: plain(paperOf(picture)) }));
  copy.append(part("text", { x: EDGE, y: EDGE + 12, "font-size": 15, "font-weight": 600, "font-family": body.fontFamily, fill: plain(body.color) }, title));
  const frame = { xmlns: "http://www.w3.org/2000/svg", width: wide, height: high, viewBox: `0 0 ${wide} ${high}` };
  for (const [key, value] of Object.entries(frame)) copy.setAttribute(key, value);
  return { text: new XMLSerializer().serializeToString(copy), wide, high };
}
