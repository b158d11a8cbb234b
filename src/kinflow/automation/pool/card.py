"""The pool on a record's page: until when it is protected, when it goes back, and what can be done."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.records.access import may
from kinflow.records.faces import RecordType
from kinflow.records.pages.composing import register_side_part, side_parts

from ..my_work.next_step import is_open
from ..naming import called
from ..offers.queries import open_offer
from .access import CLAIM, PUT_BACK, TAKE_BACK
from .holdings import holding_of
from .policy import KINDS, protected_until
from .using import policy_of, pools_for


def pool_card(face: RecordType, record: Any, by: Actor) -> str:
    """The card; "" for what belongs to no pool."""
    if face.name not in KINDS or face.work is None or not is_open(face.work.open, record):
        return ""
    pool = pools_for(face.name, [record.pk]).get(record.pk)
    if pool is None:
        return ""
    now, held = timezone.now(), holding_of(record)
    offer = open_offer(face.name, record.pk) if record.owner_id is None else None
    until = protected_until(policy_of(pool), held.since) if held else None
    told = {
        "kind": face.name,
        "pk": record.pk,
        "pool": pool,
        "pool_called": called(pool),
        "is_free": record.owner_id is None,
        "protected_until": until if until and until > now else None,
        "returns_at": held.returns_at if held else None,
        "may_claim": record.owner_id is None
        and offer is None
        and bool(by.person_id)
        and may(by, CLAIM, kind=face.name),
        "may_put_back": record.owner_id is not None
        and record.owner_id == by.person_id
        and may(by, PUT_BACK, record),
        "may_take_back": record.owner_id is not None
        and record.owner_id != by.person_id
        and may(by, TAKE_BACK, record),
    }
    return render_to_string("automation/pool_card.html", told)


def show_pool_cards() -> None:
    """Put the card into the right pane of all record pages."""
    if pool_card not in side_parts:
        register_side_part(pool_card)
