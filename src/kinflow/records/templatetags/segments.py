"""What the page of a segment shows above its facts."""

from typing import Any

from django import template

from kinflow.conditions import ConditionError, sentence

from ..access import may
from ..faces import registry
from ..pages.answers import actor_of
from ..pages.filters import names_in
from ..pages.shown import plain_number
from ..places import sees_kind
from ..segments.comparing import Day, sizes_of
from ..segments.models import CONDITION, Segment
from ..segments.pages import list_url
from ..segments.parts import percent_of
from ..segments.rules import condition_of

register = template.Library()
WIDTH, HEIGHT = 640, 120


@register.inclusion_tag("records/segments/overview.html", takes_context=True)
def segment_overview(context: dict[str, Any], segment: Segment) -> dict[str, Any]:
    """The condition as a sentence, where its members are listed, its size over time."""
    by = actor_of(context["request"])
    face = registry.get(segment.kind)
    if face is None or not sees_kind(by, segment.kind):
        return {"hidden": True}
    days = sizes_of(segment)
    return {
        "segment": segment,
        "face": face,
        "sentence": _sentence(segment),
        "members": list_url(face, {"field": "segments", "op": "any_of", "value": [segment.pk]}),
        "may_change": may(by, "records.change_segment", segment),
        "percent": percent_of(segment),
        "days": list(reversed([day for day in days if day.joined or day.left or day is days[-1]]))[:30],
        "line": _line(days),
        "highest": plain_number(max((day.size for day in days), default=0)),
        "first": days[0].day if days else None,
        "last": days[-1].day if days else None,
        "width": WIDTH,
        "height": HEIGHT,
    }


def _sentence(segment: Segment) -> str:
    if segment.way != CONDITION:
        return ""
    try:
        condition = condition_of(segment)
    except ConditionError as refused:
        return str(refused)
    return sentence(condition, names_in(condition))


def _line(days: Any) -> str:
    """The points of the line of sizes, from the first day to the last."""
    if not days:
        return ""
    most = max(day.size for day in days) or 1
    step = WIDTH / max(1, len(days) - 1)
    points = [f"{at * step:.1f},{_height(day, most):.1f}" for at, day in enumerate(days)]
    return " ".join(points if len(points) > 1 else [points[0], f"{WIDTH},{_height(days[0], most):.1f}"])


def _height(day: Day, most: int) -> float:
    return HEIGHT - 4 - (HEIGHT - 12) * day.size / most
