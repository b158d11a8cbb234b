// The entry of every page: its styles, htmx, what moves the frame, and the custom elements, each loaded when it first appears.

import "./main.css";
import htmx from "htmx.org";
import { frame } from "./frame.js";

window.htmx = htmx;

const elements = import.meta.glob("./elements/*.js");

/** Load the files of the custom elements that are in the page and not known yet; a file is named as its tag. */
function load() {
  for (const found of document.querySelectorAll(":not(:defined)")) elements[`./elements/${found.localName}.js`]?.();
}

frame();
load();
new MutationObserver(load).observe(document.documentElement, { childList: true, subtree: true });
