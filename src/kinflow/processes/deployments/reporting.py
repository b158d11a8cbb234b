"""What the page of live operation tells of deployments: guards and their figures, shadows, and why one was taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.automation.said import shown
from kinflow.eventlog.models import Entry

from ..designs.bindings import Call, Task
from ..designs.kept import Kept, NotFit, kept, shown_plan
from ..designs.models import DesignVersion
from ..execution.shadow import call_words, task_told
from .events import FIGURES, DeploymentReturned, GuardReturned, ShadowWouldHave
from .guards import Figure, figures
from .models import RETURNED, Deployment

NEWEST = 2_000
"""So many of the newest entries of a shadow are counted."""


def guards_of(running: Deployment) -> list[dict[str, Any]]:
    """The guards of a deployment, each with its figure now."""
    values = figures(running, running.number, timezone.now()) if running.guards else {}
    return [_guard(guard, values.get(guard["figure"])) for guard in running.guards]


def _guard(guard: dict[str, Any], now: Figure | None) -> dict[str, Any]:
    """A guard with its figure now: whether that is past its limit, or of too few cases to count."""
    is_early = now is not None and now.cases < guard["least"]
    is_past = now is not None and not is_early and now.value > guard["limit"]
    return guard | {"label": FIGURES[guard["figure"]], "now": now, "is_past": is_past, "is_early": is_early}


def would_have(running: Deployment) -> list[dict[str, Any]]:
    """By step what the version in shadow would have done, from the log, in the reader's language where that can be told
    anew: how often, and the latest words.
    """
    rows = Entry.objects.filter(
        name=ShadowWouldHave.name, mentions__kind="deployment", mentions__object_id=running.pk
    )
    counted: dict[str, dict[str, Any]] = {}
    for data in rows.order_by("-pk").values_list("data", flat=True)[:NEWEST]:
        one = counted.setdefault(
            data["element"], {"step": data["step"], "would": shown(data["would"]), "count": 0}
        )
        one["count"] += 1
    for element, words in _told_anew(running, counted).items():
        counted[element] |= words
    return sorted(counted.values(), key=lambda one: -one["count"])


def _told_anew(running: Deployment, elements: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """By element how its step is called in the reader’s language; where that hangs on no record, what it would do."""
    try:
        plan, version = shown_plan(running.design_id, running.number), kept(running.design_id, running.number)
    except (NotFit, DesignVersion.DoesNotExist):
        return {}
    return {
        element: {"step": plan.nodes[element].name} | _would(version, element)
        for element in elements
        if element in plan.nodes
    }


def _would(version: Kept, element: str) -> dict[str, str]:
    match version.bindings.get(element, Task() if version.plan.nodes[element].kind == "work" else None):
        case Task() as task:
            return {"would": task_told(task)}
        case Call(design):
            return {"would": call_words(design)}
    return {}


def with_reasons(past: Sequence[Deployment]) -> Sequence[Deployment]:
    """Deployments that are over, each with `why` it was taken back: a person's reason, or the guard's figure."""
    taken_back = {one.pk: one for one in past if one.state == RETURNED}
    rows = Entry.objects.filter(
        name__in=(DeploymentReturned.name, GuardReturned.name),
        mentions__kind="deployment",
        mentions__object_id__in=taken_back,
    )
    for pk, name, data in rows.values_list("mentions__object_id", "name", "data"):
        taken_back[pk].why = _figure_words(data) if name == GuardReturned.name else data.get("reason", "")  # type: ignore[attr-defined]
    return past


def _figure_words(data: Mapping[str, Any]) -> str:
    numbers = {key: floatformat(data[key], "-1g") for key in ("value", "limit")}
    return _("%(figure)s: %(value)s after %(cases)s cases, the limit is %(limit)s.") % {
        "figure": FIGURES[data["figure"]],
        "cases": data["cases"],
        **numbers,
    }
