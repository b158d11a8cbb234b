// Looking closer and moving about: wheel with Ctrl, two fingers, dragging, buttons and keys.

const CLOSEST = 2.5;
const READABLE = 0.8;
const STEP = 1.25;
const NUDGE = 48;

/** What moves the picture inside the canvas; `take` gives it a new one and shows all of it; `moved` hears of every move. */
export function zooming(canvas, signal, moved) {
  const view = { x: 0, y: 0, scale: 1, moved: false, size: null, scene: null };
  const fingers = new Map();

  function place() {
    view.scene?.setAttribute("transform", `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(3)})`);
  }

  function set() {
    place();
    moved?.(view);
  }

  /** Stand as another view does. */
  view.follow = ({ x, y, scale }) => {
    Object.assign(view, { x, y, scale });
    place();
  };

  function by(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    const scale = Math.min(CLOSEST, Math.max(0.05, view.scale * factor));
    view.x = x - (x - view.x) * scale / view.scale;
    view.y = y - (y - view.y) * scale / view.scale;
    view.scale = scale;
    set();
  }

  view.in = () => by(STEP);
  view.out = () => by(1 / STEP);
  /** Show all of it; with a least scale, only what then fits, from the top. */
  view.all = (least = 0) => {
    if (!view.size) return;
    const [top, bottom] = [Number(canvas.dataset.top ?? 0), Number(canvas.dataset.bottom ?? 0)];
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight - top - bottom];
    view.scale = Math.max(least, Math.min(1.15, wide / view.size.width, high / view.size.height));
    view.x = (wide - view.size.width * view.scale) / 2;
    view.y = top + Math.max(0, (high - view.size.height * view.scale) / 2);
    set();
  };
  view.take = (picture, size, least = READABLE) => {
    view.scene = picture.querySelector(".scene");
    view.size = size;
    view.all(least);
  };

  const spot = (event) => {
    const frame = canvas.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };

  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { x, y } = spot(event);
    by(Math.exp(-event.deltaY / 240), x, y);
  }, { signal, passive: false });

  canvas.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, spot(event));
    view.moved = false;
  }, { signal });
  canvas.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const now = spot(event);
    const others = [...fingers].filter(([id]) => id !== event.pointerId);
    if (others.length) {
      const [[, other]] = others;
      const far = (point) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
      by(far(now) / far(last), other.x, other.y);
    } else if (event.pointerType === "touch") return;
    else if (!view.moved && Math.hypot(now.x - last.x, now.y - last.y) < 4) return;
    else {
      view.x += now.x - last.x;
      view.y += now.y - last.y;
      view.moved = true;
      canvas.classList.add("moving");
      set();
    }
    fingers.set(event.pointerId, now);
  }, { signal });
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      canvas.classList.remove("moving");
    }, { signal });
  }
  canvas.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [NUDGE, 0], ArrowRight: [-NUDGE, 0], ArrowUp: [0, NUDGE], ArrowDown: [0, -NUDGE] }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (move) [view.x, view.y] = [view.x + move[0], view.y + move[1]];
    else if (event.key === "+" || event.key === "=") view.in();
    else if (event.key === "-") view.out();
    else if (event.key === "0") view.all();
    else return;
    set();
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
  canvas.addEventListener("focusin", ({ target }) => {
    if (!target.matches("a") || !target.matches(":focus-visible")) return;
    const [inside, frame] = [target.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const off = (low, high, from, to) => (low < from ? from - low + 24 : high > to ? to - high - 24 : 0);
    view.x += off(inside.left, inside.right, frame.left, frame.right);
    view.y += off(inside.top, inside.bottom, frame.top + 40, frame.bottom - 60);
    set();
  }, { signal });
  return view;
}
