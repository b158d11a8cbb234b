// <flow-chart>: a chart over time, of how long, or of dots; drawn with ECharts, loaded when it comes near the window.
//
//   <flow-chart role="img" aria-label="…" data-name="…">
//     <template>{"kind": "lines", "x": ["3 Feb"], "series": [{"name": "Begun", "values": [4], "bars": true}]}</template>
//     <div class="drawing"></div>
//   </flow-chart>
//   <button type="button" data-chart="svg">…</button> in the same <figure> saves it (or png, pdf); "csv" saves the figure's table
//
// Kinds: "lines" (lines and bars over periods), "bars" (a bar opens its `urls`), "dots" (a row of dots for each case).

import { colour, onTheme } from "./picture/colours.js";
import { follow } from "./picture/following.js";
import { saved, savedTable } from "./picture/saving.js";

class FlowChart extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.data = JSON.parse(this.querySelector("template").content.textContent);
    this.drawing = this.querySelector(".drawing");
    for (const saves of this.closest("figure")?.querySelectorAll(".chart-saves") ?? []) saves.hidden = false;
    const near = new IntersectionObserver((seen) => {
      if (!seen.some((each) => each.isIntersecting)) return;
      near.disconnect();
      this.#load();
    }, { rootMargin: "200px" });
    near.observe(this);
    signal.addEventListener("abort", () => near.disconnect());
    onTheme(signal, () => this.chart && this.#draw());
    this.closest("figure")?.addEventListener("click", (event) => {
      const at = event.target.closest("[data-chart]");
      if (at?.dataset.chart === "csv") savedTable(this.closest("figure").querySelector("table"), this.dataset.name);
      else if (at && this.chart) this.#save(at.dataset.chart);
    }, { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
    this.chart?.dispose();
    this.chart = null;
  }

  async #load() {
    const { begin, options } = await import("./flow-chart/charts.js");
    if (!this.isConnected) return;
    this.options = options;
    this.chart = begin(this.drawing);
    const size = new ResizeObserver(() => this.chart?.resize());
    size.observe(this.drawing);
    this.stop.signal.addEventListener("abort", () => size.disconnect());
    this.chart.on("click", ({ dataIndex }) => {
      const address = this.data.urls?.[dataIndex];
      if (address) follow(this, address);
    });
    this.#draw();
  }

  #draw() {
    this.chart.setOption(this.options(this.data, (words) => colour(this, words)), true);
  }

  #save(kind) {
    const [wide, high] = [this.chart.getWidth(), this.chart.getHeight()];
    const text = new XMLSerializer().serializeToString(this.drawing.querySelector("svg"));
    saved({ text, wide, high }, kind, this.dataset.name);
  }
}

customElements.define("flow-chart", FlowChart);
