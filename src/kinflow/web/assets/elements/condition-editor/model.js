// Between a condition's JSON and the tree that the editor shows.
//
// The tree has groups (all, any, none, not_all), tests and "has"; "not" is not a node of its own: it turns a group's
// mode, a test's operator or a "has" into its opposite.

const FLIPPED = { all: "not_all", not_all: "all", any: "none", none: "any" };
const OPPOSITES = { is: "is_not", any_of: "none_of", contains: "not_contains", is_empty: "is_filled" };
for (const [one, other] of Object.entries(OPPOSITES)) OPPOSITES[other] = one;

const ALONE = ["is_empty", "is_filled"]; // operators that take no value

let made = 0;

export const group = (mode = "all", parts = []) => ({ id: ++made, kind: "group", mode, parts });
export const test = (field = "", op = "", value = undefined) => ({ id: ++made, kind: "test", field, op, value });
export const has = (path, less = false, count = 1, where = group()) => ({
  id: ++made, kind: "has", path, less, count, where,
});

/** The tree of a condition; always a group at the top. */
export function read(json) {
  return grouped(node(json));
}

const grouped = (part) => (part.kind === "group" ? part : group("all", [part]));

function node(json) {
  if ("all" in json) return group("all", json.all.map(node));
  if ("any" in json) return group("any", json.any.map(node));
  if ("not" in json) return opposite(node(json.not));
  if ("field" in json) return test(json.field, json.op, json.value);
  if ("has" in json) return has(json.has, false, json.at_least ?? 1, read(json.where ?? {}));
  if ("has_no" in json) return has(json.has_no, true, 1, read(json.where ?? {}));
  return group();
}

function opposite(part) {
  if (part.kind === "group" && part.parts.length) return { ...part, mode: FLIPPED[part.mode] };
  if (part.kind === "has") return { ...part, less: !part.less };
  if (part.kind === "test" && part.op in OPPOSITES) return { ...part, op: OPPOSITES[part.op] };
  return group("none", [part]);
}

/** The JSON of a tree without its unfinished tests; `places` takes the id of the part at each JSON pointer. */
export function write(part, places = new Map(), pointer = "") {
  places.set(pointer, part.id);
  if (part.kind === "test") return writeTest(part);
  return part.kind === "has" ? writeHas(part, places, pointer) : writeGroup(part, places, pointer);
}

function writeTest({ field, op, value }) {
  return value === undefined ? { field, op } : { field, op, value };
}

function writeHas(part, places, pointer) {
  const inner = part.less && part.count > 1 ? `${pointer}/not` : pointer;
  const where = write(part.where, places, `${inner}/where`);
  const asked = Object.keys(where).length ? { where } : {};
  if (!part.less) return { has: part.path, ...asked, ...(part.count > 1 ? { at_least: part.count } : {}) };
  return part.count > 1 ? { not: { has: part.path, ...asked, at_least: part.count } } : { has_no: part.path, ...asked };
}

function writeGroup(part, places, pointer) {
  const parts = part.parts.filter(finished);
  if (!parts.length) return {};
  const denied = part.mode === "none" || part.mode === "not_all";
  const list = part.mode === "all" || part.mode === "not_all" ? "all" : "any";
  if (denied && parts.length === 1) return { not: write(parts[0], places, `${pointer}/not`) };
  const inner = denied ? `${pointer}/not` : pointer;
  const json = { [list]: parts.map((each, i) => write(each, places, `${inner}/${list}/${i}`)) };
  return denied ? { not: json } : json;
}

/** Whether a part can be written: a test has its field, its operator and, where it needs one, its value. */
export const finished = (part) =>
  part.kind !== "test" || Boolean(part.field && part.op && (ALONE.includes(part.op) || part.value !== undefined));
