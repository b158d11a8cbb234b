"""Cases that are collected: they wait before a step until there are enough, or the first has waited long enough."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from kinflow.automation.clock import free_moments, set_moments, take_lock

from .held import Held
from .models import TOGETHER, ProcessWait
from .waits import TIMER


class Gate(NamedTuple):
    """Where cases are collected: of which design, as waits name it, and whether those in shadow (they wait apart)."""

    design: int
    event: str
    is_shadow: bool


def gate_of(node: str, together: int) -> str:
    """How waits name where cases are collected, and for how many."""
    return f"together {together} {hashlib.sha256(node.encode()).hexdigest()[:32]}"


def gates_of(works: Iterable[Held]) -> set[Gate]:
    """Where these instances have come to wait for others just now."""
    found = set()
    for work in works:
        for (handler, _key), moment in work.moments.items():
            if handler != TIMER or moment is None:
                continue
            told = moment[1]
            what, event = work.waits.get((told["token"], told["node"]), ("", ""))
            if what == TOGETHER:
                found.add(Gate(work.instance.design_id, event, work.instance.is_shadow))
    return found


def let_go_together(gates: Iterable[Gate], now: datetime) -> None:
    """Let those go on that are enough; all others there go on when the first of them has waited long enough.

    Gates are locked in their order until the transaction ends, so that of two who come at once the second counts the
    first. Who is let go on already is left alone.
    """
    for gate in sorted(gates):
        take_lock(f"processes.gathering:{gate}")
        _let_go(gate, now)


def _let_go(gate: Gate, now: datetime) -> None:
    waits = ProcessWait.objects.filter(
        event=gate.event,
        what=TOGETHER,
        instance__design_id=gate.design,
        instance__is_shadow=gate.is_shadow,
    )
    keys = [f"{pk}:{token}:{node}" for pk, token, node in waits.values_list("instance_id", "token", "node")]
    standing = [each for each in free_moments(TIMER, keys) if each.at is not None and each.at > now]
    size = int(gate.event.split()[1])
    enough = len(standing) // size * size
    due = [
        (each.key, now if place < enough else standing[enough].at or now, each.payload)
        for place, each in enumerate(standing)
    ]
    set_moments(TIMER, due)
