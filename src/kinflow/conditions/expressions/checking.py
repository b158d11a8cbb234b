"""What may be named and called: paths by the vocabulary, functions and operators by the sorts they take."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..fields import Field, Kind, Step, Vocabulary
from ..limits import MAX_STEPS
from .functions import FUNCTIONS, OPERATORS, Function
from .refusal import ExpressionError, refuse
from .tokens import Token
from .tree import SORT_OF, Call, Name, Node, Sort

ROOTS = ("record", "event", "today", "now", "rule")
OF_RULE = {"name": Sort.TEXT, "id": Sort.NUMBER}
SORT_WORDS = {
    Sort.NUMBER: gettext_lazy("a number"),
    Sort.MONEY: gettext_lazy("an amount of money"),
    Sort.TEXT: gettext_lazy("a text"),
    Sort.YES_NO: gettext_lazy("a yes or no"),
    Sort.DATE: gettext_lazy("a date"),
    Sort.MOMENT: gettext_lazy("a point in time"),
    Sort.LENGTH: gettext_lazy("a length of time"),
    Sort.LIST: gettext_lazy("a list"),
    Sort.RECORD: gettext_lazy("a record"),
    Sort.NOTHING: gettext_lazy("nothing"),
    Sort.ANY: gettext_lazy("anything"),
}


def name(
    token: Token,
    parts: Sequence[tuple[str, int]],
    type_name: str,
    vocabulary: Vocabulary,
    event_names: frozenset[str] | None,
) -> Name:
    """A name with the names below it, found or refused."""
    root, names = str(token.value), tuple(part for part, _at in parts)
    match root:
        case "record":
            steps = _steps(parts, type_name, vocabulary)
            sort = _sort_of(steps[-1].field) if steps else Sort.RECORD
            return Name(root, names, sort, token.position, steps)
        case "event":
            _check_event(token, parts, event_names)
            return Name(root, names, Sort.ANY, token.position)
        case "rule":
            if len(names) != 1 or names[0] not in OF_RULE:
                refuse(_("A rule has a name and an id."), token.position, _("Write rule.name."))
            return Name(root, names, OF_RULE[names[0]], token.position)
        case "today" | "now":
            if parts:
                refuse(
                    _("“%(name)s” has no parts.") % {"name": root},
                    parts[0][1],
                    _("Ask by a function: year(today)."),
                )
            return Name(root, (), Sort.DATE if root == "today" else Sort.MOMENT, token.position)
    if root in FUNCTIONS:
        remedy = _("Write it with brackets: %(name)s(…).") % {"name": root}
    else:
        remedy = _nearest(root, ROOTS) or _("The names are: %(names)s") % {"names": ", ".join(ROOTS)}
    raise ExpressionError(_("There is no name “%(name)s”.") % {"name": root[:40]}, token.position, remedy)


def _sort_of(field: Field) -> Sort:
    counted = field.kind is Kind.CHOICE and field.choices and isinstance(field.choices[0][0], int)
    return Sort.NUMBER if counted else SORT_OF[field.kind]


def _check_event(token: Token, parts: Sequence[tuple[str, int]], event_names: frozenset[str] | None) -> None:
    if not parts:
        refuse(_("“event” is all that was recorded."), token.position, _("Name a part of it: event.reason."))
    first, at = parts[0]
    if event_names is not None and first not in event_names:
        known = {"names": ", ".join(sorted(event_names)) or "–"}
        refuse(
            _("The event says nothing called “%(name)s”.") % {"name": first[:40]},
            at,
            _nearest(first, event_names) or _("It says: %(names)s") % known,
        )


def _steps(parts: Sequence[tuple[str, int]], type_name: str, vocabulary: Vocabulary) -> tuple[Step, ...]:
    steps: list[Step] = []
    for part, at in parts:
        if steps:
            field = steps[-1].field
            if field.kind is not Kind.RELATION or field.target is None:
                refuse(
                    _("“%(field)s” leads to no other record.") % {"field": field.name},
                    at,
                    _("End the path there."),
                )
            type_name = field.target
        if len(steps) >= MAX_STEPS:
            refuse(_("This path is too long."), at, _("At most %(most)d steps.") % {"most": MAX_STEPS})
        steps.append(_step(part, at, type_name, vocabulary))
    return tuple(steps)


def _step(part: str, at: int, type_name: str, vocabulary: Vocabulary) -> Step:
    try:
        fields, model = vocabulary.fields_of(type_name), vocabulary.model_of(type_name)
    except LookupError:
        refuse(_("There is no record type “%(type)s”.") % {"type": type_name}, at, _("Check the name."))
    if part not in fields:
        shown = ", ".join(sorted(fields)[:20]) + (", …" if len(fields) > 20 else "")
        refuse(
            _("There is no field “%(name)s” here.") % {"name": part[:40]},
            at,
            _nearest(part, fields)
            or _("The fields of %(type)s are: %(fields)s") % {"type": type_name, "fields": shown},
        )
    if fields[part].many:
        refuse(
            _("“%(field)s” leads to several records.") % {"field": part},
            at,
            _("Only paths to one record each can be followed."),
        )
    return Step(type_name, fields[part], model)


def call(called: str, given: tuple[Node, ...], position: int, *, is_function: bool = False) -> Call:
    """A call of a function or an operator, with the sort of what comes out."""
    known = (FUNCTIONS if is_function else OPERATORS).get(called)
    if known is None:
        remedy = _nearest(called, FUNCTIONS) or _("The functions are: %(names)s") % {
            "names": ", ".join(FUNCTIONS)
        }
        refuse(_("There is no function “%(name)s”.") % {"name": called[:40]}, position, remedy)
    _check_count(known, called, given, position)
    for at, node in enumerate(given):
        allowed = known.takes[min(at, len(known.takes) - 1)]
        if node.sort not in allowed and node.sort not in (Sort.ANY, Sort.NOTHING):
            refuse(
                _("“%(name)s” cannot take %(sort)s.") % {"name": called, "sort": SORT_WORDS[node.sort]},
                node.position,
                _("It takes %(sorts)s.") % {"sorts": _listed(allowed)},
            )
    sort = known.gives(tuple(node.sort for node in given))
    if sort is None:
        sorts = _(", ").join(str(SORT_WORDS[node.sort]) for node in given)
        refuse(
            _("“%(name)s” cannot be used with %(sorts)s.") % {"name": called, "sorts": sorts},
            position,
            str(known.help),
        )
    return Call(called, given, sort, position)


def _check_count(known: Function, called: str, given: tuple[Node, ...], position: int) -> None:
    if not known.least <= len(given) <= known.most:
        refuse(
            _("“%(name)s” is given %(count)d values.") % {"name": called, "count": len(given)},
            position,
            str(known.help),
        )


def _listed(sorts: frozenset[Sort]) -> str:
    return _(", ").join(str(SORT_WORDS[sort]) for sort in Sort if sort in sorts)


def _nearest(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name[:40], list(known), 1)
    return _("Did you mean “%(name)s”?") % {"name": found[0]} if found else ""
