"""What policies may say: alone, or whom to ask; in words, for the cells of their tables."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError
from kinflow.organisation.people.models import Person
from kinflow.organisation.people.queries import here
from kinflow.organisation.positions.models import Position
from kinflow.organisation.units.models import Unit

from .tables import COLLECT, Output, Row

WHO = "who"
ALONE, SUPERIOR, ABOVE, REFUSED = "alone", "superior", "above", "nobody"
POSITION, UNIT, PERSON = "position:", "unit:", "person:"
_NAMED = re.compile(rf"({POSITION}|{UNIT}|{PERSON})([1-9][0-9]{{0,14}})")
MOST_PEOPLE = 200
"""So many people are offered to choose from; over the API everybody can be named."""


def outcomes_of(matter: str, used: Iterable[str] = ()) -> dict[str, list[tuple[str, Any]]]:
    """The values of a policy's outcome with their words, those `used` among them; nothing for other tables."""
    if not matter:
        return {}
    found = [
        (ALONE, _("alone")),
        (SUPERIOR, _("asks whom they report to")),
        (ABOVE, _("asks the one above that")),
        (REFUSED, _("nobody may")),
        *((f"{POSITION}{one.pk}", _of_position(one)) for one in _positions()),
        *(
            (f"{UNIT}{one.pk}", _of_unit(one))
            for one in Unit.objects.filter(is_closed=False).order_by("path")
        ),
        *((f"{PERSON}{one.pk}", _of_person(one)) for one in _who_decide()),
    ]
    known = {value for value, _words in found}
    found += [
        (value, _called(value)) for value in dict.fromkeys(used) if value not in known and is_named(value)
    ]
    return {WHO: found}


def is_named(value: Any) -> bool:
    """Whether a value names a position, a unit or a person."""
    return isinstance(value, str) and _NAMED.fullmatch(value) is not None


def _positions() -> Iterable[Position]:
    rows = Position.objects.filter(is_retired=False).select_related("unit")
    return rows.order_by("level", "name", "pk")


def _who_decide() -> Iterable[Person]:
    """The people who lead a unit, or to whom others report."""
    rows = here(timezone.localdate()).filter(
        Q(pk__in=Unit.objects.filter(is_closed=False).values("lead"))
        | Q(pk__in=Person.objects.filter(left_on=None).values("reports_to"))
    )
    return rows.select_related("unit").order_by("unit__path", "pk")[:MOST_PEOPLE]


def _of_position(one: Position) -> str:
    return _("asks: %(position)s, %(unit)s") % {"position": one.name, "unit": one.unit.name}


def _of_unit(one: Unit) -> str:
    return _("asks: who leads %(unit)s") % {"unit": one.name}


def _of_person(one: Person) -> str:
    return _("asks: %(person)s (%(unit)s)") % {"person": one.name, "unit": one.unit.name}


def _called(value: str) -> str:
    """What somebody is called who is not among those to choose from: another person, or what is gone."""
    row = _row(value)
    if isinstance(row, Person) and row.left_on is None:
        return _of_person(row)
    if row is None:
        return _("asks: nobody, since it is gone")
    return _("asks: %(name)s (gone)") % {"name": row}


def _row(value: str) -> Position | Unit | Person | None:
    kind, _colon, key = value.partition(":")
    model: Any = {POSITION: Position, UNIT: Unit, PERSON: Person}[f"{kind}:"]
    found: Position | Unit | Person | None = model.objects.filter(pk=int(key)).first()
    return found


def is_gone(value: str) -> bool:
    """Whether what a value names is there no more: a position retired, a unit closed, a person who left."""
    row = _row(value)
    if isinstance(row, Person):
        return row.left_on is not None and row.left_on < timezone.localdate()
    return row is None or (row.is_retired if isinstance(row, Position) else row.is_closed)


def wrong_outcomes(hit: str, outputs: Sequence[Output], rows: Sequence[Row]) -> list[FieldError]:
    """What is wrong with the table of a policy: it says who decides, once, and nothing else."""
    if [output.name for output in outputs] != [WHO]:
        words = _("A policy has one outcome, called “who”.")
        return [FieldError("/content/outputs", words)]
    if hit == COLLECT:
        return [FieldError("/content/hit", _("A policy says once who decides: choose another hit policy."))]
    return [
        FieldError(
            f"/content/rows/{at}/then/0",
            _("Say alone, superior, above, nobody, or position:, unit: or person: and its number."),
        )
        for at, row in enumerate(rows)
        if row.then[0] not in (ALONE, SUPERIOR, ABOVE, REFUSED) and not is_named(row.then[0])
    ]


def gone_outcomes(rows: Sequence[Row]) -> list[FieldError]:
    """The rows of a policy that ask whom there is not."""
    return [
        FieldError(
            f"/content/rows/{at}/then/0",
            _("Whoever is to be asked is not there any more: choose another."),
        )
        for at, row in enumerate(rows)
        if is_named(row.then[0]) and is_gone(str(row.then[0]))
    ]
