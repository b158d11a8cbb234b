// <relative-time>: "5 min ago" that stays true; older moments stand as the server wrote them.
//
//   <relative-time><time datetime="2026-11-23T10:00:00+08:00" data-now="just now" data-minutes="{n} min ago" data-hours="{n} h ago">…</time></relative-time>

const all = new Set();

class RelativeTime extends HTMLElement {
  connectedCallback() {
    all.add(this);
    this.tell();
  }

  disconnectedCallback() {
    all.delete(this);
  }

  tell() {
    const time = this.querySelector("time");
    if (!time) return;
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60_000);
    if (minutes < 0 || minutes >= 1440) return;
    const { now, minutes: some, hours } = time.dataset;
    const words = minutes < 1 ? now : minutes < 60 ? some.replace("{n}", minutes) : hours.replace("{n}", Math.floor(minutes / 60));
    if (time.textContent !== words) time.textContent = words;
  }
}

setInterval(() => { for (const each of all) each.tell(); }, 30_000);
customElements.define("relative-time", RelativeTime);
