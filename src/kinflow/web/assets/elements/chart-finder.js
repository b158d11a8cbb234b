// <chart-finder>: goes to a person or unit of the organisation chart; without scripts its form does the same with a reload.
//
//   <chart-finder><form action="/organisation/"><record-picker search="/organisation/find/"><input name="find"></record-picker>…</form></chart-finder>
//   <ul class="chart"> … <li id="person-12"> … </ul>

class ChartFinder extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (event.target.localName !== "record-picker") return;
      const mark = event.target.querySelector("input[type=hidden]").value;
      const found = document.getElementById(mark);
      if (found) this.#show(found, mark);
      else this.querySelector("form").requestSubmit();
    });
    const found = document.querySelector(".chart .found");
    if (found) this.#show(found, "");
  }

  #show(found, mark) {
    for (const other of document.querySelectorAll(".chart .found")) other.classList.remove("found");
    found.classList.add("found");
    for (let at = found.firstElementChild; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    found.querySelector("summary, a").focus({ preventScroll: true });
    found.querySelector("summary, a").scrollIntoView({ block: "center" });
    if (mark) history.replaceState(history.state, "", `?find=${mark}#${mark}`);
  }
}

customElements.define("chart-finder", ChartFinder);
