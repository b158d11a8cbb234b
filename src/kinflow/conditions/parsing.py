"""From JSON to a condition: one pass, every fault refused with a pointer to its place."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from django.utils.translation import gettext as _

from . import limits
from .fields import Field, Kind, Step, Vocabulary, people_of, units_of
from .operators import OPERATORS, SHAPES, Op, Shape
from .refusal import below, refuse
from .tree import EVERYTHING, All, Condition, Has, Me, MyUnit, Not, Some, Test
from .values import plain_text, value_of, whole

T = TypeVar("T")

_GROUPS = ("all", "any", "not", "has", "has_no", "field")
_MEMBERS = {
    "all": {"all"},
    "any": {"any"},
    "not": {"not"},
    "has": {"has", "where", "at_least"},
    "has_no": {"has_no", "where"},
    "field": {"field", "op", "value"},
}


def parse(raw: object, type_name: str, vocabulary: Vocabulary) -> Condition:
    """The condition that decoded JSON means for records of the type; ConditionError where it means none.

    >>> parse({"field": "score", "op": "at_least", "value": 40}, "lead", vocabulary)
    """
    return _Parser(vocabulary).node(raw, type_name, "", 1)


def parse_text(text: str | bytes, type_name: str, vocabulary: Vocabulary) -> Condition:
    """The condition that a JSON text means; an empty text means everything."""
    return parse(decoded(text), type_name, vocabulary)


def decoded(text: str | bytes) -> Any:
    """The value of a JSON text, strictly: bounded, without NaN, without a member twice."""
    if len(text if isinstance(text, bytes) else text.encode(errors="replace")) > limits.MAX_BYTES:
        refuse(
            "", _("This condition is too long."), _("At most %(most)d bytes.") % {"most": limits.MAX_BYTES}
        )
    if not text.strip():
        return {}
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        refuse("", _("This is not JSON."), _("Check brackets, quotes and commas."))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member twice")
    return members


@dataclass
class _Parser:
    """One parse: the vocabulary, and how much was read so far."""

    vocabulary: Vocabulary
    nodes: int = 0
    values: int = 0

    def node(self, raw: object, type_name: str, pointer: str, depth: int) -> Condition:
        """A group or a test over records of the type."""
        if depth > limits.MAX_DEPTH:
            most = {"most": limits.MAX_DEPTH}
            refuse(pointer, _("Groups are nested too deep."), _("At most %(most)d levels.") % most)
        self.nodes += 1
        if self.nodes > limits.MAX_NODES:
            most = {"most": limits.MAX_NODES}
            refuse(pointer, _("This condition has too many parts."), _("At most %(most)d parts.") % most)
        if not isinstance(raw, Mapping):
            refuse(
                pointer, _("A condition is expected here."), _('Such as {"field": …, "op": …, "value": …}.')
            )
        if not raw:
            return EVERYTHING
        key = _group_of(raw, pointer)
        match key:
            case "all":
                return All(self._parts(raw[key], type_name, below(pointer, key), depth))
            case "any":
                return Some(self._some(raw[key], type_name, below(pointer, key), depth))
            case "not":
                return Not(self.node(raw[key], type_name, below(pointer, key), depth + 1))
            case "field":
                return self._test(raw, type_name, pointer)
            case _:
                return self._has(raw, key, type_name, pointer, depth)

    def _parts(self, raw: object, type_name: str, pointer: str, depth: int) -> tuple[Condition, ...]:
        if not isinstance(raw, list | tuple):
            refuse(pointer, _("A list of conditions is expected here."), _("Put the parts in brackets: […]."))
        return tuple(self.node(part, type_name, below(pointer, i), depth + 1) for i, part in enumerate(raw))

    def _some(self, raw: object, type_name: str, pointer: str, depth: int) -> tuple[Condition, ...]:
        parts = self._parts(raw, type_name, pointer, depth)
        if not parts:
            refuse(pointer, _("“Any” of nothing can never hold."), _("Add a part, or remove the group."))
        return parts

    def _has(self, raw: Mapping[str, Any], key: str, type_name: str, pointer: str, depth: int) -> Condition:
        steps = self._steps(raw[key], type_name, below(pointer, key))
        last = steps[-1].field
        if not last.many or last.target is None:
            refuse(
                below(pointer, key),
                _("“%(field)s” does not lead to several records.") % {"field": last.name},
                _('Ask with "is_filled" or "is_empty", or about one of its fields.'),
            )
        where = self.node(raw.get("where", {}), last.target, below(pointer, "where"), depth + 1)
        least = whole(raw.get("at_least", 1), below(pointer, "at_least"), least=1, most=limits.MAX_COUNT)
        found = Has(str(raw[key]), where, least, steps)
        return found if key == "has" else Not(found)

    def _test(self, raw: Mapping[str, Any], type_name: str, pointer: str) -> Test:
        steps = self._steps(raw["field"], type_name, below(pointer, "field"))
        field = steps[-1].field
        if field.many:
            refuse(
                below(pointer, "field"),
                _("“%(field)s” leads to several records.") % {"field": field.name},
                _('Ask with "has" or "has_no".'),
            )
        op = _operator(raw, field, pointer)
        place = below(pointer, "value")
        if (SHAPES[op] is Shape.NOTHING) == ("value" in raw):
            if "value" in raw:
                refuse(place, _("This operator takes no value."), _('Remove "value".'))
            refuse(pointer, _("The value is missing."), _('Add "value".'))
        value = value_of(raw.get("value"), op, field, place)
        self._count(value, place)
        self._check_asker(value, field, place)
        return Test(str(raw["field"]), op, value, steps)

    def _count(self, value: object, pointer: str) -> None:
        self.values += len(value) if isinstance(value, tuple) else 1
        if self.values > limits.MAX_VALUES:
            most = {"most": limits.MAX_VALUES}
            refuse(pointer, _("This condition has too many values."), _("At most %(most)d values.") % most)

    def _check_asker(self, value: object, field: Field, pointer: str) -> None:
        """Refuse "me" where the field leads to no person, "my unit" where it leads to no unit."""
        of = {Me: people_of(self.vocabulary), MyUnit: units_of(self.vocabulary)}
        for item in value if isinstance(value, tuple) else (value,):
            if type(item) in of and field.target != of[type(item)]:
                refuse(
                    pointer,
                    _("“%(field)s” cannot be compared with whoever asks.") % {"field": field.name},
                    _("Use a record’s id."),
                )

    def _steps(self, raw: object, type_name: str, pointer: str) -> tuple[Step, ...]:
        """The hops of a dotted path from the record type; all but the last lead to one record each."""
        names = plain_text(raw, pointer).split(".")
        if len(names) > limits.MAX_STEPS:
            refuse(
                pointer,
                _("This path is too long."),
                _("At most %(most)d steps.") % {"most": limits.MAX_STEPS},
            )
        steps: list[Step] = []
        for name in names:
            if steps:
                type_name = _onward(steps[-1].field, pointer)
            steps.append(self._step(type_name, name, pointer))
        return tuple(steps)

    def _step(self, type_name: str, name: str, pointer: str) -> Step:
        fields = _known(self.vocabulary.fields_of, type_name, pointer)
        if name not in fields:
            shown = ", ".join(sorted(fields)[:20]) + (", …" if len(fields) > 20 else "")
            refuse(
                pointer,
                _("There is no field “%(name)s” here.") % {"name": name},
                _("The fields of %(type)s are: %(fields)s") % {"type": type_name, "fields": shown},
            )
        return Step(type_name, fields[name], _known(self.vocabulary.model_of, type_name, pointer))


def _group_of(raw: Mapping[Any, Any], pointer: str) -> str:
    """Which of the groups an object is; every other member must belong to it."""
    found = [key for key in _GROUPS if key in raw]
    if len(found) != 1:
        refuse(
            pointer,
            _("Each condition is exactly one of: %(groups)s.") % {"groups": ", ".join(_GROUPS)},
            _("Nest several in a list under “all”."),
        )
    for key in raw:
        if key not in _MEMBERS[found[0]]:
            shown = str(key)[:50].encode(errors="replace").decode()
            refuse(
                below(pointer, shown),
                _("“%(member)s” means nothing here.") % {"member": shown},
                _("Known members: %(members)s") % {"members": ", ".join(sorted(_MEMBERS[found[0]]))},
            )
    return found[0]


def _operator(raw: Mapping[str, Any], field: Field, pointer: str) -> Op:
    """The operator of a test, if it fits the kind of field."""
    fitting = OPERATORS[field.kind]
    named = raw.get("op")
    if not isinstance(named, str) or named not in fitting:
        refuse(
            below(pointer, "op") if "op" in raw else pointer,
            _("“%(field)s” cannot be asked about in this way.") % {"field": field.label},
            _("Its operators are: %(operators)s") % {"operators": ", ".join(fitting)},
        )
    return Op(named)


def _onward(field: Field, pointer: str) -> str:
    """The record type behind a field in the middle of a path."""
    if field.kind is not Kind.RELATION or field.target is None:
        refuse(
            pointer,
            _("“%(field)s” leads to no other record.") % {"field": field.name},
            _("End the path here."),
        )
    if field.many:
        refuse(
            pointer,
            _("“%(field)s” leads to several records.") % {"field": field.name},
            _('Ask with "has" or "has_no" and "where".'),
        )
    return field.target


def _known(read: Callable[[str], T], type_name: str, pointer: str) -> T:
    """What the vocabulary says about a record type; a type it does not know is refused."""
    try:
        return read(type_name)
    except LookupError:
        refuse(pointer, _("There is no record type “%(type)s”.") % {"type": type_name}, _("Check the name."))
