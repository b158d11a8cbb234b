"""How many of the past records a policy covers: what its promise counts with, whatever share was played."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import Condition, ConditionError, Context, parse, to_q
from kinflow.organisation.models import Person
from kinflow.organisation.users.actors import UnitsUnder
from kinflow.records.faces import VOCABULARY, registry

from ..definitions.reading import columns_by_id
from ..simulation.calibrating.written import scenario_of
from ..simulation.whatif.graphs import step_of
from ..simulation.whatif.models import WhatIf
from ..simulation.whatif.moves import move_of
from ..simulation.whatif.way_moves import Empower

LEAST, MOST = 30, 5_000
"""So many records a share is told of at least; so many of the newest are asked at most."""
PER_CENT = 100
WITHIN = 2.0
"""Standard errors of a share in its interval."""
Covers = dict[str, float]
Promise = list[dict[str, Any]]


def covered(
    whatif: WhatIf, policies: Mapping[int, Mapping[str, Any]], owner: Person, told: Sequence[dict[str, Any]]
) -> Covers | None:
    """Of the records that came to the step that a policy lets pass, the share for which its condition holds as they are
    now, beside the share that was played; noted at its move. None where the what-if has other moves, or nothing tells it.
    """
    moves = [move_of(each) for each in whatif.moves]
    kind, condition = whatif.process.case_kind, _condition(whatif.process.case_kind, policies)
    if len(moves) != 1 or not isinstance(moves[0], Empower) or condition is None:
        return None
    step = step_of(scenario_of(whatif.calibration.scenario), moves[0].step).name
    ids = _came_to(whatif, step)
    rows = registry[kind].model._default_manager.filter(pk__in=ids)
    count = rows.count()
    if count < LEAST:
        return None
    context = Context(timezone.now(), timezone.get_current_timezone(), owner.pk, UnitsUnder(owner.unit))
    held = rows.filter(to_q(condition, context)).distinct().count()
    told[0]["covers"] = {"share": held / count, "records": count, "played": moves[0].share / PER_CENT}
    return dict(told[0]["covers"])


def _condition(kind: str, policies: Mapping[int, Mapping[str, Any]]) -> Condition | None:
    """The condition of a policy for records of a kind; None where nobody gave one, or it says nothing."""
    try:
        return parse(dict(policies[0]), kind, VOCABULARY) if kind and policies.get(0) else None
    except ConditionError:
        return None


def _came_to(whatif: WhatIf, step: str) -> list[int]:
    """The newest records that came to a step."""
    columns = columns_by_id(whatif.process)
    if step not in columns.activities:
        return []
    events = np.flatnonzero(columns.activity == list(columns.activities).index(step))
    cases = columns.case[events[np.argsort(-columns.at[events], kind="stable")]]
    return [int(columns.case_ids[case]) for case in dict.fromkeys(cases.tolist())][:MOST]


def held_to(promise: Promise, covers: Covers | None) -> Promise:
    """A promise as it is for the share that a policy covers: what a case saves stays, so many cases save it.

    Its interval holds that of the share, too.
    """
    if covers is None:
        return promise
    share, played = covers["share"], covers["played"]
    error = WITHIN * sqrt(share * (1 - share) / covers["records"]) / played
    found = []
    for one in promise:
        value = one["value"] * share / played
        reach = sqrt(((one["high"] - one["low"]) / 2 * share / played) ** 2 + (error * one["value"]) ** 2)
        told = {"value": value, "low": value - reach, "high": value + reach}
        found.append(one | {key: round(each, 3) for key, each in told.items()})
    return found


def covers_words(covers: Covers | None) -> str:
    """What is said of it beside the version; empty where nothing is known."""
    if not covers:
        return ""
    told = {
        "records": f"{int(covers['records']):,}",
        "share": f"{PER_CENT * covers['share']:.0f} %",
        "played": f"{PER_CENT * covers['played']:.0f} %",
    }
    words = _(
        "The policy’s condition holds for %(share)s of the last %(records)s records that came to the step, as they are"
        " now; %(played)s were played. The promise counts with the first."
    )
    return words % told
