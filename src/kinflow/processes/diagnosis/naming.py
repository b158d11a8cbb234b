"""How what findings speak of is called: steps, units, people, fields and attributes of one process."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from kinflow.organisation.models import Person, Unit
from kinflow.records.faces import registry

from ..definitions.labels import labels_of
from ..definitions.models import Process
from ..studio.attribute_words import attribute_named, value_named
from .found import Finding
from .words.saying import Names, same


def names_for(process: Process, findings: Sequence[Finding]) -> Names:
    """The names of all that these findings speak of; those of another system's log are as they came."""
    kind = process.case_kind
    if not kind:
        return Names()
    units = called(Unit, _cells(findings, ("unit", "other", "units"), ("unit",)))
    people = called(Person, _cells(findings, (), ("person",)))
    steps = labels_of(process, _cells(findings, ("step", "between", "value"), ("step",)))
    return Names(
        step=lambda key: steps.get(key, key),
        unit=lambda key: units.get(key, key),
        person=lambda key: people.get(key, key),
        field=_field_named,
        attribute=lambda name: attribute_named(kind, name),
        value=_remembering(lambda name, value: value_named(kind, name, value)),
    )


def _remembering(name: Callable[[str, str], str]) -> Callable[[str, str], str]:
    return lru_cache(maxsize=512)(name)


def _cells(findings: Sequence[Finding], facts: Sequence[str], columns: Sequence[str]) -> set[str]:
    return {str(cell) for finding in findings for cell in _spoken(finding, facts, columns) if cell != ""}


def _spoken(finding: Finding, facts: Sequence[str], columns: Sequence[str]) -> Iterator[Any]:
    for name in facts:
        value = finding.facts.get(name, "")
        yield from value if isinstance(value, list | tuple) else (value,)
    for exhibit in finding.evidence.exhibits:
        for place, column in enumerate(exhibit.columns):
            if column.partition(":")[0] in columns:
                yield from (row[place] for row in exhibit.rows)


def called(model: Any, keys: Iterable[str]) -> dict[str, str]:
    """The names of units or people by their ids as text."""
    ids = [int(key) for key in keys if key.isdecimal()]
    return {str(row.pk): row.name for row in model.objects.filter(pk__among=ids)} if ids else {}


def _field_named(key: str) -> str:
    """A field as its record's page calls it, with the kind of record."""
    kind, _dot, name = key.partition(".")
    face = registry.get(kind)
    if face is None or name not in face.by_name:
        return same(key)
    return _("%(what)s: %(value)s") % {"what": face.label, "value": face.by_name[name].label}
