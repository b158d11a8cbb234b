// <theme-switch>: light, dark or as the system, at once; without scripts its form does the same with a reload.
//
//   <theme-switch><form method="post" action="/preferences/">… <button name="theme" value="dark" aria-pressed="false">Dark</button></form></theme-switch>

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (button?.name !== "theme") return;
      event.preventDefault();
      if (button.value) document.documentElement.dataset.theme = button.value;
      else delete document.documentElement.dataset.theme;
      for (const each of this.querySelectorAll("[name=theme]")) each.setAttribute("aria-pressed", String(each === button));
      const body = new FormData(event.target, button);
      fetch(event.target.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => event.target.submit());
    });
  }
}

customElements.define("theme-switch", ThemeSwitch);
