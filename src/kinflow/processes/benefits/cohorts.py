"""Which records a deployment is judged by: those that it placed, else those before and after it began.

A group is what was meant for a record, whatever became of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from kinflow.eventlog import Actor
from kinflow.records.access import sees_all, visible
from kinflow.records.faces import registry

from ..definitions.attributes import attributes_of
from ..deployments.models import ALL, COMPARED, NEW, Deployment, Placement

MOST = 5_000
"""So many of the newest records of each side are looked at."""
BACK = timedelta(days=365)
KNOWN_BEFORE = frozenset(
    {
        "kind",
        "source",
        "channel",
        "pipeline",
        "family",
        "grade",
        "language",
        "country",
        "province",
        "industry",
    }
)
"""Attributes that no process changes, by which the mix of records is taken out."""
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Cohort:
    """Records, since when each is followed, whether it is of the new group, and what was known of it before.

    `is_beside` (before and after only) are records of units in which the process was never asked for.
    """

    kind: str
    ids: list[int]
    since: list[datetime]
    is_new: NDArray[np.bool_]
    is_beside: NDArray[np.bool_]
    facts: list[Codes]
    is_before_after: bool
    is_part: bool


def cohort_of(deployment: Deployment, by: Actor) -> Cohort:
    """The records of a deployment that the reader may see; none where they see no record of the kind."""
    is_before_after = deployment.way == ALL
    found = _before_after(deployment, by) if is_before_after else _placed(deployment, by)
    found.sort(key=lambda row: (row[1], row[0]))
    ids = [pk for pk, _since, _new, _unit in found]
    kind = deployment.design.kind
    asked = _units_asked(deployment) if is_before_after else set()
    return Cohort(
        kind,
        ids,
        [since for _pk, since, _new, _unit in found],
        np.array([new for _pk, _since, new, _unit in found], np.bool_),
        np.array([is_before_after and unit not in asked for _pk, _since, _new, unit in found], np.bool_),
        _facts(kind, ids),
        is_before_after,
        not sees_all(by, kind),
    )


Row = tuple[int, datetime, bool, int | None]


def _placed(deployment: Deployment, by: Actor) -> list[Row]:
    model = registry[deployment.design.kind].model
    rows = Placement.objects.filter(deployment=deployment, about_kind=deployment.design.kind)
    found: list[Row] = []
    for group in (NEW, COMPARED):
        newest = dict(rows.filter(group=group).order_by("-pk").values_list("about_id", "placed_at")[:MOST])
        seen = visible(by, model._default_manager.filter(pk__in=newest)).values_list("pk", flat=True)
        found += [(pk, newest[pk], group == NEW, None) for pk in seen]
    return found


def _before_after(deployment: Deployment, by: Actor) -> list[Row]:
    """Records of the kind made in the year before the deployment began, and since; each followed from its making.

    Those whose days reach into the deployment are of neither side.
    """
    model = registry[deployment.design.kind].model
    has_unit = any(field.name == "unit" for field in model._meta.get_fields())
    began, rows = deployment.created_at, visible(by, model._default_manager.all())
    until, since = began - timedelta(days=deployment.horizon_days), rows.filter(created_at__gte=began)
    if deployment.ended_at:
        since = since.filter(created_at__lt=deployment.ended_at)
    sides = ((rows.filter(created_at__gte=until - BACK, created_at__lt=until), False), (since, True))
    found: list[Row] = []
    for side, is_new in sides:
        columns = ("pk", "created_at", "unit_id") if has_unit else ("pk", "created_at")
        for pk, at, *unit in side.order_by("-created_at").values_list(*columns)[:MOST]:
            found.append((pk, at, is_new, unit[0] if unit else None))
    return found


def _units_asked(deployment: Deployment) -> set[int | None]:
    """The units with a record for which the process was asked for; all where records have no unit."""
    model = registry[deployment.design.kind].model
    placed = Placement.objects.filter(deployment=deployment).values("about_id")
    if not any(field.name == "unit" for field in model._meta.get_fields()):
        return {None}
    return set(model._default_manager.filter(pk__in=placed).values_list("unit_id", flat=True)) | {None}


def _facts(kind: str, ids: list[int]) -> list[Codes]:
    """For each attribute known before a code by record."""
    face = registry[kind]
    paths = [one.path for one in attributes_of(face) if one.name in KNOWN_BEFORE and not one.is_number]
    rows = {
        pk: values for pk, *values in face.model._default_manager.filter(pk__in=ids).values_list("pk", *paths)
    }
    nothing = [None] * len(paths)
    table = [[str(value) for value in rows.get(pk, nothing)] for pk in ids]
    return [
        np.unique([row[k] for row in table], return_inverse=True)[1].astype(np.int64)
        for k in range(len(paths))
        if table
    ]
