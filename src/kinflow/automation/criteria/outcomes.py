"""How work of each kind ended, counted by person and by what it was about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import Count, F, Q
from numpy.typing import NDArray

from kinflow.records.faces import registry

from .situation import Situation


@dataclass(frozen=True)
class Ending:
    """Which records of which kind count as ended, which of these well, and the way to product family and industry."""

    kind: str
    ended: Q
    well: Q
    family: str = "product__family"
    industry: str = "industry"


_SALES = Ending("opportunity", ~Q(outcome="open"), Q(outcome="won"))
_SOLVED = Ending(
    "case",
    Q(solved_at__isnull=False),
    Q(reopened=0) & (Q(due_at=None) | Q(solved_at__lte=F("due_at"))),
    industry="account__industry",
)
ENDINGS = {
    "lead": Ending(
        "lead",
        Q(stage__in=["qualified", "converted", "disqualified"]),
        Q(stage__in=["qualified", "converted"]),
    ),
    "opportunity": _SALES,
    "account": _SALES,
    "activity": _SALES,
    "case": _SOLVED,
    "email": _SOLVED,
}
Counts = Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]]


def counts_by(situation: Situation, similar: str, years: int) -> Counts:
    """For each family or industry among the items: how many ended well and how many ended, a number a person.

    similar: "family" or "industry". One query.
    """
    wanted = {getattr(item, similar) for item in situation.items} - {""}
    ending = ENDINGS.get(situation.kind)
    if ending is None or ending.kind not in registry or not wanted:
        return {}
    path = getattr(ending, similar)
    since = situation.now - timedelta(days=365 * years)
    rows: Any = registry[ending.kind].model._default_manager.filter(
        ending.ended, owner__isnull=False, created_at__gte=since, **{f"{path}__in": wanted}
    )
    index = situation.people.index
    found = {key: (np.zeros(len(index)), np.zeros(len(index))) for key in wanted}
    counted = rows.order_by().values_list("owner_id", path)
    for owner_id, key, n, won in counted.annotate(n=Count("pk"), won=Count("pk", filter=ending.well)):
        if owner_id in index:
            found[key][0][index[owner_id]] += won
            found[key][1][index[owner_id]] += n
    return found
