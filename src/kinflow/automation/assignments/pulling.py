"""Pulling: "give me my next best item"."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import NotFound
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.faces import registry

from ..scorings.using import current_version, draft_of, scorings_for
from .actions import take
from .evaluation import evaluate
from .handed_back import handed_back_pairs
from .locking import lock_assignment
from .situations import situation_of

LOOKED_AT = 200


def next_best(kind: str, person: Person, *, now: datetime | None = None) -> tuple[Any, float] | None:
    """The unowned open item of the kind that suits the person best, with its points; None where there is none.

    Looks at the oldest `LOOKED_AT` items without an owner, each by its own scoring; what the person handed back does
    not come again.
    """
    face = registry[kind]
    assert face.work is not None
    waiting = face.model._default_manager.filter(owner=None, **face.work.open).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[:LOOKED_AT])
    chosen = scorings_for(kind, ids)
    barred = handed_back_pairs(kind, ids)
    best: tuple[Any, float] | None = None
    for scoring in {s.pk: s for s in chosen.values()}.values():
        own = [pk for pk in ids if pk in chosen and chosen[pk].pk == scoring.pk]
        rows, situation = situation_of(kind, own, now or timezone.now())
        column = situation.people.index.get(person.pk)
        if column is None:
            return None
        evaluation = evaluate(situation, draft_of(current_version(scoring)), barred=barred)
        for at, row in enumerate(rows):
            points = float(evaluation.points[at, column])
            if evaluation.eligible[at, column] and (best is None or points > best[1]):
                best = (row, points)
    return best


@action
def take_next_best(*, kind: str, person: Person, by: Actor) -> Any:
    """Give the person their next best item, through the kind's own assign action; who asks at the same time waits.

    Raises NotFound where there is none.
    """
    permit(by, kind=kind)
    lock_assignment()
    found = next_best(kind, person)
    if found is None:
        raise NotFound(_("There is nothing waiting that suits you."), remedy=_("Look again later."))
    return take(record=found[0], person=person, by=by)
