"""The life of a lead: captured, sorted at the lead desk, called by a representative, qualified or not."""

from ..engine.chance import Chance, Weighted
from ..engine.loop import Story, Turn
from ..market.interests import Interest
from ..market.prospects import Prospect
from ..scene import DAY, HOUR, Scene, Steps
from . import customers
from .activities import work
from .capturing import CAPTURED_BY, captured, told_to_us, written_to_us
from .chases import Chase, contacted
from .deals import Deal
from .notes import note
from .opportunities import sell
from .sorting import sort

REACHED = 0.74
"""How often somebody answers a call."""
FORGIVING_HOURS = {True: 24.0, False: 200.0}
"""After so many hours without a call, a hot lead (True) or another is e times less likely to be won."""
_NO_REASONS = Weighted(
    (("no_need", 34), ("no_budget", 24), ("competitor", 22), ("out_of_scope", 12), ("other", 8))
)


def lead_story(
    scene: Scene, chance: Chance, prospect: Prospect, source: str, interest: Interest, detail: str = ""
) -> Story:
    """A company shows interest; what comes of it."""
    if source in ("phone", "partner", "referral"):
        chase = yield from told_to_us(scene, chance, prospect, source, interest)
    elif source == "email":
        chase = yield from written_to_us(scene, chance, prospect, interest)
    else:
        chase = captured(
            scene, chance, prospect, source, interest, CAPTURED_BY.get(source, f"import:{detail}"), detail
        )
    if scene.ledger.leads[chase.key].owner is None:
        yield from sort(scene, chance, chase)
    yield from pursue(scene, chance, chase)


def pursue(scene: Scene, chance: Chance, chase: Chase) -> Steps[None]:
    """Call until somebody answers, then decide whether it is worth pursuing."""
    for attempt in range(4):
        reached = chance.hit(REACHED) or scene.ledger.leads[chase.key].stage == "contacted"
        survives = _still_wants(scene, chance, chase)
        who = yield from _call(scene, chance, chase, reached, survives)
        if reached:
            contacted(scene, chase, who)
            yield from _decide(scene, chance, chase, who, survives)
            return
        if attempt == 3:
            _disqualify(scene, chance, chase, who, "no_answer")
            return
        yield scene.loop.now + int(chance.spread(0.9, 0.3) * DAY)


def _still_wants(scene: Scene, chance: Chance, chase: Chase) -> bool:
    called_at = scene.ledger.leads[chase.key].contacted_at
    moment = int(called_at.timestamp()) if called_at else scene.loop.now
    hours = max(0.0, (moment - chase.captured_at) / HOUR - 3)
    return chance.hit(2.718 ** (-hours / FORGIVING_HOURS[chase.interest.is_hot]))


def _call(scene: Scene, chance: Chance, chase: Chase, reached: bool, survives: bool) -> Steps[str]:
    lead = scene.ledger.leads[chase.key]
    owner = lead.owner or ""
    kind = "unreached" if not reached else "reached" if survives else "late"
    return (
        yield from work(
            scene,
            "first_call" if lead.stage == "new" else "second_call",
            owner=owner,
            minutes=chance.spread(15 if reached else 3, 0.4),
            priority=chase.priority,
            about=chase.key,
            account=lead.account,
            contact=chase.contact.key,
            who=chase.contact.name,
            outcome="reached" if reached else "no_answer",
            notes=lambda: note(scene, chance, owner, kind, chase.interest.slots),
        )
    )


def _decide(scene: Scene, chance: Chance, chase: Chase, who: str, survives: bool) -> Steps[None]:
    """Qualify or disqualify, some at once, some after thinking it over and a second call."""
    knowledge = scene.roster.people[who].skills.get(chase.interest.family, 0)
    worth = chance.hit(min(0.95, -0.01 + 0.0070 * chase.interest.score + 0.035 * knowledge))
    if not survives:
        _disqualify(scene, chance, chase, who, "too_late" if chance.hit(0.6) else "competitor")
        return
    if chance.hit(0.35):
        yield scene.loop.now + int(chance.spread(2.5, 0.5) * DAY)
        who = yield from _call(scene, chance, chase, True, True)
    if not worth:
        _disqualify(scene, chance, chase, who, _NO_REASONS.pick(chance))
        return
    _qualify(scene, chase, who)
    if chance.hit(0.3):
        yield scene.after(chance.spread(1.2, 0.4))
        turn = Turn(who, 6, 4)
        yield turn
        yield turn.ends_at
        who = turn.who
    convert(scene, chance, chase, who)


def _qualify(scene: Scene, chase: Chase, who: str) -> None:
    scene.ledger.leads.change(chase.key, stage="qualified", changed_at=scene.ledger.now)
    cause = scene.tell("lead_qualified", who, {"lead": chase.key}, chase.cause)
    customers.move_in_life(scene, chase.prospect, "target", cause)


def convert(scene: Scene, chance: Chance, chase: Chase, who: str) -> None:
    """Make an opportunity of it."""
    ledger = scene.ledger
    customers.assign_account(scene, chase.prospect, who, who, "线索转化")
    deal = Deal.opened(
        scene,
        chance,
        chase.prospect,
        ledger.contacts[chase.contact.key],
        chase.interest,
        who,
        source=chase.source,
        cause=chase.cause,
    )
    ledger.leads.change(
        chase.key, stage="converted", opportunity=deal.key, closed_at=ledger.now, changed_at=ledger.now
    )
    subjects = {"lead": chase.key, "opportunity": deal.key, "contact": chase.contact.key}
    scene.tell("lead_converted", who, subjects, chase.cause)
    customers.grade(scene, chase.prospect, who)
    deal.waited_hours = (scene.loop.now - chase.captured_at) / HOUR
    scene.loop.begin(sell(scene, chance, deal))


def _disqualify(scene: Scene, chance: Chance, chase: Chase, who: str, reason: str) -> None:
    ledger, lead = scene.ledger, scene.ledger.leads[chase.key]
    ledger.leads.change(
        chase.key, stage="disqualified", reason=reason, closed_at=ledger.now, changed_at=ledger.now
    )
    scene.roster.relieve(lead.owner or who)
    kind = (
        "late"
        if reason in ("too_late", "competitor")
        else "unreached"
        if reason == "no_answer"
        else "no_need"
    )
    text = note(scene, chance, who, kind, chase.interest.slots)
    scene.tell("lead_disqualified", who, {"lead": chase.key}, chase.cause, reason=reason, note=text)
