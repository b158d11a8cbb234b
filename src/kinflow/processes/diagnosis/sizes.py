"""How big a finding is: sums of what its cases lost, as a compound Poisson number of them, per month."""

import numpy as np

from .chances import Z
from .found import Amount, Loss, Size
from .view import Hours, View


def size_of(loss: Loss, view: View) -> Size:
    """The loss per month with 95 % intervals; money only where a rate is known.

    Cases come as they come (Poisson) and each loses what it loses: the sum's variance is the sum of squares.
    """
    context, months = view.context, view.months
    waiting, working = loss.waiting, loss.working
    money = None
    if any(rate is not None for rate in (context.cost_per_hour, context.cost_per_waiting_hour)) or (
        loss.successes and view.values is not None
    ):
        money = amount_of(money_of(loss, view), months)
    return Size(
        cases=amount_of(np.ones(len(loss.cases)), months),
        waiting_hours=amount_of(waiting, months),
        working_hours=amount_of(working, months),
        money=money,
    )


def money_of(loss: Loss, view: View) -> Hours:
    """What each of the loss's cases loses in money."""
    context = view.context
    lost = loss.waiting * (context.cost_per_waiting_hour or 0.0) + loss.working * (
        context.cost_per_hour or 0.0
    )
    if loss.successes and view.values is not None:
        lost = lost + loss.successes / max(len(loss.cases), 1) * view.values[loss.cases]
    return lost


def amount_of(values: Hours, months: float) -> Amount:
    """The sum of what cases lose, per month, with its 95 % interval."""
    total, spread = float(values.sum()), Z * float(np.sqrt((values**2).sum()))
    return Amount(total / months, max(0.0, total - spread) / months, (total + spread) / months)


def loss_of(view: View, places: np.ndarray, *, with_work: bool = False, usual: float = 0.0) -> Loss:
    """The loss at these events: what each waited beyond the usual, and its work if that, too, is lost."""
    excess = np.maximum(view.wait[places] - usual, 0.0)
    cases, waiting = view.case_sums(places, excess)
    _cases, working = view.case_sums(places, view.work[places] if with_work else np.zeros(len(places)))
    return Loss(cases, waiting, working, events=places)
