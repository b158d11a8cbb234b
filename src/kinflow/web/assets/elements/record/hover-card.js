// The card that opens when a pointer rests on an owner: why this person?

const PAUSE = 350; // milliseconds

/** Show the cards of `[data-why]` elements inside an element. */
export function hoverCards(root, signal) {
  const card = document.createElement("div");
  card.className = "why";
  card.hidden = true;
  let waiting;
  const hide = () => {
    clearTimeout(waiting);
    card.hidden = true;
  };
  const show = async (at) => {
    const answer = await fetch(at.dataset.why, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || !at.matches(":hover")) return;
    const text = await answer.text();
    if (!text.trim()) return;
    card.innerHTML = text;
    window.htmx.process(card);
    root.append(card);
    card.hidden = false;
    place(card, at, root);
  };
  root.addEventListener("pointerover", (event) => {
    const at = event.target.closest("[data-why]");
    if (!at || event.pointerType === "touch" || card.contains(event.target)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => show(at), PAUSE);
  }, { signal });
  root.addEventListener("pointerout", (event) => {
    const to = event.relatedTarget;
    if (event.target.closest("[data-why]") && !card.contains(to) && !to?.closest?.("[data-why]")) {
      clearTimeout(waiting);
      waiting = setTimeout(hide, PAUSE);
    }
  }, { signal });
  card.addEventListener("pointerenter", () => clearTimeout(waiting));
  card.addEventListener("pointerleave", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide(), { signal });
  signal.addEventListener("abort", () => card.remove());
}

function place(card, at, root) {
  const spot = at.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  const low = spot.bottom + card.offsetHeight > window.innerHeight;
  card.style.top = `${(low ? spot.top - card.offsetHeight : spot.bottom) - frame.top}px`;
  card.style.left = `${Math.max(8, Math.min(spot.left, window.innerWidth - card.offsetWidth - 16) - frame.left)}px`;
}
