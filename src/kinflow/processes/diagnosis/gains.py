"""How much could be gained: findings added up without counting the same hours and the same lost cases twice."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .found import Amount, Loss, Size
from .sizes import amount_of
from .view import Hours, View


class _Counted:
    """What is counted already: events that waited, and of each case hours of waiting, of work, and its lost good end."""

    def __init__(self, view: View) -> None:
        cases, columns = view.columns.cases, view.columns
        self.events: NDArray[np.bool_] = np.zeros(columns.events, bool)
        self.waiting, self.working, self.successes = (np.zeros(cases) for _each in range(3))
        case = columns.case
        work = np.where(view.by_person, view.work, 0.0)
        self.waits: Hours = np.bincount(case, weights=view.wait, minlength=cases).astype(np.float64)
        self.works: Hours = np.bincount(case, weights=work, minlength=cases).astype(np.float64)

    def new_share(self, view: View, loss: Loss) -> Hours:
        """Which share of each case's waiting at the loss's events is not counted yet; all of it without events."""
        if not len(loss.events):
            return np.ones(len(loss.cases))
        whole, new = np.zeros(view.columns.cases), np.zeros(view.columns.cases)
        case, wait = view.columns.case[loss.events], view.wait[loss.events]
        np.add.at(whole, case, wait)
        np.add.at(new, case, np.where(self.events[loss.events], 0.0, wait))
        shares = np.divide(new, whole, out=np.ones(view.columns.cases), where=whole > 0)
        return np.asarray(shares[loss.cases], np.float64)


def gains_of(view: View, losses: Sequence[Loss]) -> Iterator[Size]:
    """What each of these adds to those before it, in the order given.

    Waiting at the same event counts once, and no case gains more hours than it waited and was worked on, nor more than
    one good end.
    """
    counted = _Counted(view)
    for loss in losses:
        share = counted.new_share(view, loss)
        waiting = _room(loss.waiting * share, counted.waiting, counted.waits, loss.waiting, loss.cases)
        working = _room(loss.working * share, counted.working, counted.works, loss.working, loss.cases)
        each = np.full(len(loss.cases), loss.successes / max(len(loss.cases), 1))
        successes = _room(each, counted.successes, np.ones(view.columns.cases), each, loss.cases)
        counted.events[loss.events] = True
        yield _size(view, loss, waiting, working, successes)


def _room(wanted: Hours, counted: Hours, most: Hours, whole: Hours, cases: NDArray[np.int32]) -> Hours:
    """What of the wanted has room beside what is counted of these cases already, and is counted now."""
    room = np.maximum(np.maximum(most[cases], whole) - counted[cases], 0.0)
    new: Hours = np.minimum(wanted, room)
    np.add.at(counted, cases, new)
    return new


def _size(view: View, loss: Loss, waiting: Hours, working: Hours, successes: Hours) -> Size:
    context, months = view.context, view.months
    money = None
    lost = waiting * (context.cost_per_waiting_hour or 0.0) + working * (context.cost_per_hour or 0.0)
    if view.values is not None:
        lost = lost + successes * view.values[loss.cases]
    if (
        context.cost_per_hour is not None
        or context.cost_per_waiting_hour is not None
        or view.values is not None
    ):
        money = amount_of(lost, months)
    has = (waiting > 0) | (working > 0) | (successes > 0)
    return Size(
        amount_of(has.astype(float), months), amount_of(waiting, months), amount_of(working, months), money
    )


def together(sizes: Iterable[Size]) -> Size:
    """The sum of gains. Its interval is at least 95 %: how far two findings err together is not known, so it is taken
    that they do."""
    known = list(sizes)
    money = [size.money for size in known if size.money is not None]
    return Size(
        _sum(size.cases for size in known),
        _sum(size.waiting_hours for size in known),
        _sum(size.working_hours for size in known),
        _sum(money) if money else None,
    )


def _sum(amounts: Iterable[Amount]) -> Amount:
    parts = list(amounts)
    return Amount(*(sum(getattr(part, name) for part in parts) for name in ("value", "low", "high")))
