// A slider and a number that follow each other; only the number is sent.
//
//   <weight-input><input type="range" …><input type="number" name="weight" …></weight-input>

class WeightInput extends HTMLElement {
  connectedCallback() {
    const slider = this.querySelector("input[type=range]");
    const number = this.querySelector("input[type=number]");
    if (!slider || !number) return;
    slider.addEventListener("input", () => {
      number.value = slider.value;
    });
    number.addEventListener("input", () => {
      slider.value = number.value;
    });
  }
}

customElements.define("weight-input", WeightInput);
