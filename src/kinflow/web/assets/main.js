// The entry of every page: its styles, htmx and the small custom elements.

import "./main.css";
import htmx from "htmx.org";

window.htmx = htmx;
