"""People who want no pump of ours: the lead desk sees it and closes the lead."""

from collections.abc import Mapping

from ..engine.chance import Chance
from ..engine.loop import Story, Turn
from ..market.interests import junk
from ..market.prospects import Person
from ..records import Lead
from ..scene import Scene, Steps
from . import customers
from .capturing import CAPTURED_BY
from .fridays import report_time


def stranger_story(scene: Scene, chance: Chance, person: Person, source: str) -> Story:
    """Somebody who wants no pump of ours, or not a real one; the lead desk sees it and closes the lead."""
    by = CAPTURED_BY[source]
    contact = customers.add_contact(scene, person, by, source, prospect=None)
    lead = scene.ledger.leads.add(
        Lead(
            key=scene.ledger.leads.next_key(),
            contact=contact.key,
            account=None,
            need=junk(chance),
            product=None,
            source=source,
            source_detail="百度推广-水泵-移动端" if source == "search" else "",
            score=max(1, int(chance.gauss(16, 8))),
            language="zh",
            country="CN",
            province="",
            place="CN",
            industry="",
            created_at=scene.ledger.now,
        )
    )
    subjects: Mapping[str, str] = {"lead": lead.key, "contact": contact.key}
    cause = scene.tell("lead_captured", by, subjects, source=source, need=lead.need, score=lead.score)
    yield from close_it(scene, chance, lead.key, contact.key, cause)


def close_it(scene: Scene, chance: Chance, key: str, contact: str, cause: int | None = None) -> Steps[None]:
    """The lead desk sees that nothing is wanted, and closes the lead."""
    yield from report_time(scene)
    turn = Turn(scene.roster.least_busy(scene.roster.members("lead-desk"), chance), chance.spread(3, 0.4), 6)
    yield turn
    yield turn.ends_at
    reason = chance.pick(("wrong_data", "out_of_scope", "out_of_scope", "no_need", "duplicate"))
    ledger = scene.ledger
    before = ledger.leads[key].owner
    ledger.leads.change(
        key,
        stage="disqualified",
        reason=reason,
        closed_at=ledger.now,
        changed_at=ledger.now,
        owner=turn.who,
        assigned_at=ledger.now,
    )
    subjects = {"lead": key, "contact": contact}
    scene.tell("lead_assigned", turn.who, subjects, cause, person=turn.who, before=before, reason="甄别")
    scene.tell("lead_disqualified", turn.who, {"lead": key}, cause, reason=reason, note="")
