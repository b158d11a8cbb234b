"""Having moves proposed: nothing moves yet."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid, Refused
from kinflow.organisation.models import Person, Unit
from kinflow.organisation.units.tree import subtree_ids
from kinflow.records.access import may, permit
from kinflow.records.faces import registry

from ..access import ASSIGN
from .access import permit_people, units_of
from .events import RebalancingProposed
from .models import CAUSES, NotProposed, Rebalancing
from .weighing import Wanted, Weighed, weigh

MOST_PRICE = 1000
_COPY = """COPY automation_rebalancingmove
(rebalancing_id, kind, object_id, title, before_id, after_id, gain, card, state, reason) FROM STDIN"""


def people_of(people: Iterable[int], units: Iterable[int]) -> list[int]:
    """Those named, and everybody of the units and those below them who has not left long ago. Invalid for strangers."""
    named, in_units = set(people), {pk for unit in units for pk in subtree_ids(unit)}
    errors = []
    if named - set(Person.objects.filter(pk__in=named).values_list("pk", flat=True)):
        errors.append(FieldError("/people", _("Nobody who works here has this number.")))
    if set(units) - set(Unit.objects.filter(pk__in=list(units)).values_list("pk", flat=True)):
        errors.append(FieldError("/units", _("There is no such unit.")))
    if errors:
        raise Invalid(errors=errors)
    named |= set(Person.objects.filter(unit_id__in=in_units, left_on=None).values_list("pk", flat=True))
    if not named:
        raise Invalid(errors=[FieldError("/people", _("Choose whose work it is about: people or units."))])
    return sorted(named)


def _checked(cause: str, kinds: Sequence[str], price: Any, most: Any) -> tuple[Decimal, int | None]:
    errors = []
    if cause not in dict(CAUSES):
        errors.append(FieldError("/cause", _("Choose one of the causes.")))
    works = {face.name for face in registry.values() if face.work is not None}
    if not kinds or set(kinds) - works:
        errors.append(FieldError("/kinds", _("Choose one of the kinds of work.")))
    try:
        cost = Decimal(str(price)).quantize(Decimal("0.01"))
        good = 0 <= cost <= MOST_PRICE
    except InvalidOperation:
        cost, good = Decimal(0), False
    told = _("Give a number from %(low)s to %(high)s.")
    if not good:
        errors.append(FieldError("/price", told % {"low": 0, "high": MOST_PRICE}))
    share = str(most if most is not None else "").strip()
    if share and not (share.isascii() and share.isdecimal() and int(share[:9]) <= 100_000):
        errors.append(FieldError("/most", told % {"low": 0, "high": 100_000}))
    if errors:
        raise Invalid(errors=errors)
    return cost, int(share) if share else None


@action
def propose_rebalancing(
    *,
    cause: str,
    kinds: Sequence[str],
    people: Iterable[int] = (),
    units: Iterable[int] = (),
    price: Any = 5,
    most: Any = None,
    instead: Rebalancing | None = None,
    now: datetime | None = None,
    by: Actor,
) -> Rebalancing:
    """Propose the least disruptive moves of these people's open work, and keep the proposal; nothing moves.

    `price` is what one move must gain in points; `most` caps the items of each kind a person may hold afterwards.
    `instead` is a proposal of before that this one replaces. Whoever leads
    some units moves work among the people of these only.
    """
    permit(by, kind="rebalancing")
    cost, share = _checked(cause, kinds, price, most)
    chosen = people_of(people, units)
    permit_people(by, chosen)
    for kind in kinds:
        if not may(by, ASSIGN[1], kind=kind) and units_of(by) is not None:
            raise Refused(_("You may not assign this kind of work."), remedy=_("Leave it out."))
    now = now or timezone.now()
    wanted = Wanted(cause, frozenset(chosen), float(cost), _among(by), share)
    told = [weigh(kind, wanted, now) for kind in dict.fromkeys(kinds)]
    row = Rebalancing(owner_id=by.person_id, unit_id=by.unit_id) if instead is None else hold(instead)
    if row.state != "proposed":
        raise NotProposed(_("These moves were made already."), remedy=_("Have new moves proposed."))
    row.cause, row.people, row.kinds = cause, chosen, list(dict.fromkeys(kinds))
    row.price, row.most, row.figures, row.made_at = cost, share, _figures(told), now
    row.save()
    if instead is not None:
        row.moves.all().delete()
    _keep_moves(row, told)
    moves = sum(len(each.moves) for each in told)
    record(RebalancingProposed(rebalancing=row, cause=cause, moves=moves, price=float(cost)))
    return row


def _among(by: Actor) -> frozenset[int] | None:
    units = units_of(by)
    if units is None:
        return None
    return frozenset(Person.objects.filter(unit_id__in=list(units)).values_list("pk", flat=True))


def _figures(told: Sequence[Weighed]) -> dict[str, Any]:
    moves = [move for each in told for move in each.moves]
    return {
        "moves": len(moves),
        "gained": round(sum(move.gain for move in moves), 2),
        "looked_at": sum(each.looked_at for each in told),
        "no_place": {each.kind: each.no_place for each in told if each.no_place},
        "no_scoring": {each.kind: each.no_scoring for each in told if each.no_scoring},
        "loads": {each.kind: each.loads for each in told},
    }


def _keep_moves(row: Rebalancing, told: Sequence[Weighed]) -> None:
    """Keep the moves with COPY, those that gain most first."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for each in told:
            for move in sorted(each.moves, key=lambda m: (-m.gain, m.item_id)):
                card = json.dumps(move.card, ensure_ascii=False)
                told_move = (move.kind, move.item_id, move.title, move.before, move.after, move.gain, card)
                copy.write_row((row.pk, *told_move, "planned", ""))
