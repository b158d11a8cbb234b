"""What a segment's condition may be, and what it depends on."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import Condition, ConditionError, Context, Has, Test, parse, to_json
from kinflow.conditions.dependence import nodes_of
from kinflow.conditions.tree import Me, MyUnit
from kinflow.kit.problem import FieldError, Invalid

from ..faces import VOCABULARY
from .membership import NAME
from .models import Segment


def condition_of(segment: Segment) -> Condition:
    """The segment's condition. Raises ConditionError where fields of it are gone."""
    return parse(segment.condition, segment.kind, VOCABULARY)


def neutral(now: Any = None) -> Context:
    """The asker of segments: nobody, in the zone of the house."""
    return Context(now or timezone.now(), timezone.get_default_timezone())


def read_condition(raw: Any, kind: str, *, segment_id: int | None = None) -> dict[str, Any]:
    """A condition as it is kept. Raises ConditionError; Invalid where it depends on who asks or on itself."""
    meant = parse(raw, kind, VOCABULARY)
    for node in nodes_of(meant):
        values = node.value if isinstance(node, Test) and isinstance(node.value, tuple) else ()
        single = (node.value,) if isinstance(node, Test) else ()
        if any(isinstance(each, Me | MyUnit) for each in (*values, *single)):
            raise Invalid(
                errors=[
                    FieldError(
                        "/condition", _("A segment is the same for everybody; name the person or the unit.")
                    )
                ]
            )
    if segment_id is not None:
        refuse_circle(segment_id, segments_in(meant))
    return dict(to_json(meant))


def segments_in(condition: Condition) -> set[int]:
    """The segments that a condition asks about."""
    return {
        int(value)
        for node in nodes_of(condition)
        if isinstance(node, Test) and node.field.name == NAME and node.field.kept is not None
        for value in (node.value if isinstance(node.value, tuple) else (node.value,))
        if isinstance(value, int)
    }


def refuse_circle(segment_id: int, asked: Iterable[int]) -> None:
    """Raise Invalid where a segment would depend on itself, directly or over others."""
    on = graph()
    ahead, seen = list(asked), set()
    while ahead:
        at = ahead.pop()
        if at == segment_id:
            raise Invalid(
                errors=[
                    FieldError("/condition", _("The segment would depend on itself; leave this one out."))
                ]
            )
        if at not in seen:
            seen.add(at)
            ahead.extend(on.get(at, ()))


def graph() -> dict[int, set[int]]:
    """By segment those that its condition asks about."""
    return {segment.pk: meant for segment, meant in _asking()}


def _asking() -> Iterator[tuple[Segment, set[int]]]:
    for segment in Segment.objects.filter(way="condition"):
        try:
            yield segment, segments_in(condition_of(segment))
        except ConditionError:
            continue


def dependents_of(segment_id: int) -> list[Segment]:
    """The active segments whose conditions ask about this one."""
    return [segment for segment, meant in _asking() if segment_id in meant and segment.is_active]


def asks_related(condition: Condition) -> bool:
    """Whether the condition looks beyond the record itself."""
    return any(
        isinstance(node, Has) or (isinstance(node, Test) and len(node.steps) > 1)
        for node in nodes_of(condition)
    )
