// The fields that paths from a record type lead to, as the server's vocabulary has them.

const HOPS = 3; // own fields, those of a related record, those of its related records
const BEHIND = " › ";

export class Fields {
  constructor(setup) {
    this.types = setup.types;
  }

  /** The field at the end of a dotted path, with the labels on the way; null where there is none. */
  find(type, path) {
    const trail = [];
    let field = null;
    for (const name of path.split(".")) {
      field = (this.types[type] ?? []).find((each) => each.name === name);
      if (!field) return null;
      trail.push(field.label);
      type = field.target;
    }
    return { field, words: trail.join(BEHIND) };
  }

  /** What a pick list offers for the type: groups of [label, [[path, words], …]], own fields first. */
  offered(type, words) {
    const groups = [];
    const related = [];
    this.#walk(type, [], [], new Set([type]), (trail, options, several) => {
      if (options.length) groups.push([trail.join(BEHIND) || words.own_fields, options]);
      related.push(...several);
    });
    if (related.length) groups.push([words.related, related]);
    return groups;
  }

  #walk(type, names, trail, passed, visit) {
    const fields = this.types[type] ?? [];
    const option = (field) => [[...names, field.name].join("."), [field.label, ...(trail.length ? [trail.join(BEHIND)] : [])].join(" · ")];
    visit(
      trail,
      fields.filter((field) => !field.many).map(option),
      fields.filter((field) => field.many && this.types[field.target]).map(option),
    );
    if (names.length + 1 >= HOPS) return;
    for (const field of fields) {
      if (field.many || !field.target || passed.has(field.target) || !this.types[field.target]) continue;
      const onward = new Set([...passed, field.target]);
      this.#walk(field.target, [...names, field.name], [...trail, field.label], onward, visit);
    }
  }
}
