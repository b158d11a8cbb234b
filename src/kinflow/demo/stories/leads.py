"""The life of a lead: captured, sorted at the lead desk, called by a representative, qualified or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..engine.chance import Chance, Weighted
from ..engine.loop import Story, Turn
from ..market.interests import Interest, junk
from ..market.prospects import Person, Prospect
from ..records import Contact, Lead
from ..scene import DAY, HOUR, Scene, Steps, changed
from ..words.notes import DETAILS
from . import customers, mails
from .activities import work
from .notes import note
from .deals import Deal
from .opportunities import sell

CAPTURED_BY = {"web": "portal:website", "search": "integration:baidu", "wecom": "integration:wecom"}
FORGIVING_HOURS = {True: 46.0, False: 190.0}
"""After so many hours without a call, a hot lead (True) or another (False) is e times less likely to be won."""
REPORT_FROM = 14
"""The hour on Fridays from which the lead desk writes its weekly report instead of sorting leads."""
_NO_REASONS = Weighted(
    (("no_need", 34), ("no_budget", 24), ("competitor", 22), ("out_of_scope", 12), ("other", 8))
)


@dataclass
class Chase:
    """A lead on its way: who is behind it, and what for."""

    key: str
    prospect: Prospect
    contact: Contact
    interest: Interest
    source: str
    captured_at: int
    cause: int
    is_known: bool = False

    @property
    def priority(self) -> int:
        """How urgent it is for those who work on it."""
        return 1 if self.interest.is_hot else 3 if self.interest.score >= 55 else 4


def lead_story(
    scene: Scene, chance: Chance, prospect: Prospect, source: str, interest: Interest, detail: str = ""
) -> Story:
    """A company shows interest; what comes of it."""
    if source in ("phone", "partner", "referral"):
        chase = yield from _told_to_us(scene, chance, prospect, source, interest)
    elif source == "email":
        chase = yield from _written_to_us(scene, chance, prospect, interest)
    else:
        chase = _captured(
            scene, chance, prospect, source, interest, CAPTURED_BY.get(source, f"import:{detail}"), detail
        )
    if scene.ledger.leads[chase.key].owner is None:
        first_contact_done = yield from _sort(scene, chance, chase)
        if first_contact_done is None:
            return
    yield from _pursue(scene, chance, chase)


def _captured(
    scene: Scene,
    chance: Chance,
    prospect: Prospect,
    source: str,
    interest: Interest,
    by: str,
    detail: str = "",
    contact: Contact | None = None,
) -> Chase:
    is_known = prospect.key in scene.ledger.accounts
    if contact is None:
        contact = customers.meet(scene, chance, prospect, by, source)
    if source in ("web", "wecom", "fair") and chance.hit(0.6):
        basis = {"web": "官网表单勾选", "wecom": "关注公众号", "fair": "展会登记表"}[source]
        customers.record_consent(scene, contact, by, channel="email", is_given=chance.hit(0.82), basis=basis)
    company = prospect.company
    lead = scene.ledger.leads.add(
        Lead(
            key=scene.ledger.leads.next_key(),
            contact=contact.key,
            account=prospect.key if is_known else None,
            need=interest.need[:500],
            product=interest.product.key,
            source=source,
            source_detail=detail or _detail(chance, source, interest),
            score=interest.score,
            language=contact.language,
            country=company.country,
            province=company.province,
            place=company.place,
            industry=company.industry,
            created_at=scene.ledger.now,
        )
    )
    subjects = {"lead": lead.key, "contact": contact.key} | ({"account": prospect.key} if is_known else {})
    cause = scene.tell("lead_captured", by, subjects, source=source, need=lead.need, score=lead.score)
    return Chase(lead.key, prospect, contact, interest, source, scene.loop.now, cause, is_known)


def _detail(chance: Chance, source: str, interest: Interest) -> str:
    return (
        chance.pick(DETAILS[source].split("|")).format(what=interest.product.name_zh)
        if source in DETAILS
        else ""
    )


def _told_to_us(
    scene: Scene, chance: Chance, prospect: Prospect, source: str, interest: Interest
) -> Steps[Chase]:
    """By telephone to the lead desk, or by a partner or customer to a representative they know."""
    company = prospect.company
    if source == "phone":
        listener = scene.roster.least_busy(scene.roster.members("lead-desk"), chance)
    else:
        team = scene.roster.team_of(company.place, company.industry, prospect.potential)
        listener = scene.roster.choose_representative(team, interest.family, chance, company.language)
    turn = Turn(listener, chance.spread(8, 0.4), 0)
    yield turn
    yield turn.ends_at
    chase = _captured(scene, chance, prospect, source, interest, turn.who)
    if source != "phone":
        _know_account(scene, chase, turn.who)
        _assign(scene, chase, turn.who, turn.who, "介绍人直接联系")
    return chase


def _written_to_us(scene: Scene, chance: Chance, prospect: Prospect, interest: Interest) -> Steps[Chase]:
    """By e-mail: somebody at the lead desk reads it, answers that we have it, and captures the lead."""
    contact = customers.meet(scene, chance, prospect, "system:mail", "email")
    to = mails.SALES if prospect.home else mails.EXPORT
    slots = {**interest.slots, "need": interest.need}
    email = mails.receive(
        scene, chance, contact, mails.Letter("enquiry", slots, to), product=interest.product.key
    )
    reader = scene.roster.least_busy(scene.roster.members("lead-desk"), chance)
    mails.assign_email(scene, email, reader)
    yield from report_time(scene)
    turn = Turn(reader, chance.spread(6, 0.4), 4)
    yield turn
    yield turn.ends_at
    mails.answer(scene, chance, email.key, turn.who, slots, "enquiry")
    chase = _captured(scene, chance, prospect, "email", interest, turn.who, contact=contact)
    chase.captured_at = int(email.sent_at.timestamp())
    return chase


def report_time(scene: Scene) -> Steps[None]:
    """On Friday afternoons the lead desk writes its report: what comes in then is looked at on Monday."""
    local = scene.local
    if scene.troubles.weekend_wait and local.isoweekday() == 5 and local.hour >= REPORT_FROM:
        monday = (local + timedelta(days=3)).replace(hour=8, minute=30, second=0)
        yield int((monday - timedelta(hours=8)).replace(tzinfo=UTC).timestamp())


def _sort(scene: Scene, chance: Chance, chase: Chase) -> Steps[str | None]:
    """The lead desk completes the lead and gives it to a representative; None if it goes no further."""
    yield from report_time(scene)
    desk = scene.roster.members("lead-desk")
    sorter = scene.roster.on_duty(desk, scene.loop.now) or scene.roster.least_busy(desk, chance)
    if not scene.troubles.weekend_wait and chase.interest.is_hot and scene.local.isoweekday() > 5:
        return (yield from _call_on_duty(scene, chance, chase))
    turn = Turn(sorter, chance.spread(6, 0.4), 2 if chase.interest.is_hot else 4)
    yield turn
    yield turn.ends_at
    _know_account(scene, chase, turn.who)
    return _give_away(scene, chance, chase, turn.who)


def _call_on_duty(scene: Scene, chance: Chance, chase: Chase) -> Steps[str | None]:
    """Where somebody is on duty at weekends, a hot lead is called at once."""
    who = yield from work(
        scene,
        "first_call",
        owner="lead-desk-4",
        minutes=chance.spread(14, 0.3),
        priority=0,
        about=chase.key,
        contact=chase.contact.key,
        who=chase.contact.name,
        outcome="reached",
        notes=lambda: note(scene, chance, "lead-desk-4", "reached", chase.interest.slots),
    )
    _contacted(scene, chase, who)
    _know_account(scene, chase, who)
    return _give_away(scene, chance, chase, who)


def _know_account(scene: Scene, chase: Chase, by: str) -> None:
    """Enter the company as an account, unless it is one, and join contact and lead to it."""
    prospect, ledger = chase.prospect, scene.ledger
    if prospect.key not in ledger.accounts:
        customers.add_account(scene, prospect, by, chase.source)
    for key in prospect.known:
        if ledger.contacts[key].account is None:
            ledger.contacts.change(key, account=prospect.key, changed_at=ledger.now)
            subjects = {"contact": key, "account": prospect.key}
            scene.tell("contact_changed", by, subjects, changes=changed(account=(None, prospect.key)))
    if ledger.leads[chase.key].account is None:
        ledger.leads.change(chase.key, account=prospect.key, changed_at=ledger.now)
        subjects = {"lead": chase.key, "account": prospect.key}
        scene.tell("lead_changed", by, subjects, chase.cause, changes=changed(account=(None, prospect.key)))
    chase.contact = ledger.contacts[chase.contact.key]


def _give_away(scene: Scene, chance: Chance, chase: Chase, by: str) -> str:
    """To the account's own representative, or to one of the team."""
    company, prospect = chase.prospect.company, chase.prospect
    owner = scene.ledger.accounts[prospect.key].owner
    reason = "客户已有负责人"
    if owner is None:
        team = scene.roster.team_of(company.place, company.industry, prospect.potential)
        owner = scene.roster.choose_representative(
            team, chase.interest.family, chance, chase.contact.language
        )
        reason = "按区域分配"
    _assign(scene, chase, scene.desks.holder(owner), by, reason)
    return owner


def _assign(scene: Scene, chase: Chase, person: str, by: str, reason: str) -> None:
    before = scene.ledger.leads[chase.key].owner
    scene.ledger.leads.change(
        chase.key, owner=person, assigned_at=scene.ledger.now, changed_at=scene.ledger.now
    )
    subjects = {"lead": chase.key, "contact": chase.contact.key}
    scene.tell("lead_assigned", by, subjects, chase.cause, person=person, before=before, reason=reason)


def _contacted(scene: Scene, chase: Chase, by: str) -> None:
    lead = scene.ledger.leads[chase.key]
    if lead.stage == "new":
        scene.ledger.leads.change(
            chase.key, stage="contacted", contacted_at=scene.ledger.now, changed_at=scene.ledger.now
        )
        scene.tell("lead_contacted", by, {"lead": chase.key, "contact": chase.contact.key}, chase.cause)


def _pursue(scene: Scene, chance: Chance, chase: Chase) -> Steps[None]:
    """Call until somebody answers, then decide whether it is worth pursuing."""
    for attempt in range(4):
        reached = chance.hit(0.74) or scene.ledger.leads[chase.key].stage == "contacted"
        survives = _still_wants(scene, chance, chase)
        who = yield from _call(scene, chance, chase, reached, survives)
        if reached:
            _contacted(scene, chase, who)
            yield from _decide(scene, chance, chase, who, survives)
            return
        if attempt == 3:
            _disqualify(scene, chance, chase, who, "no_answer")
            return
        yield scene.loop.now + int(chance.spread(0.9, 0.3) * DAY)


def _still_wants(scene: Scene, chance: Chance, chase: Chase) -> bool:
    contacted = scene.ledger.leads[chase.key].contacted_at
    moment = int(contacted.timestamp()) if contacted else scene.loop.now
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
    worth = chance.hit(min(0.95, 0.06 + 0.0075 * chase.interest.score + 0.035 * knowledge))
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
    _convert(scene, chance, chase, who)


def _qualify(scene: Scene, chase: Chase, who: str) -> None:
    scene.ledger.leads.change(chase.key, stage="qualified", changed_at=scene.ledger.now)
    cause = scene.tell("lead_qualified", who, {"lead": chase.key}, chase.cause)
    customers.move_in_life(scene, chase.prospect, "target", cause)


def _convert(scene: Scene, chance: Chance, chase: Chase, who: str) -> None:
    ledger = scene.ledger
    customers.assign_account(scene, chase.prospect, who, who, "线索转化")
    deal = Deal.opened(
        scene, chance, chase.prospect, ledger.contacts[chase.contact.key], chase.interest, who, source=chase.source,
        cause=chase.cause,
    )  # fmt: skip
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
    yield from report_time(scene)
    turn = Turn(scene.roster.least_busy(scene.roster.members("lead-desk"), chance), chance.spread(3, 0.4), 6)
    yield turn
    yield turn.ends_at
    reason = chance.pick(("wrong_data", "out_of_scope", "out_of_scope", "no_need", "duplicate"))
    ledger = scene.ledger
    ledger.leads.change(
        lead.key,
        stage="disqualified",
        reason=reason,
        closed_at=ledger.now,
        changed_at=datetime.fromtimestamp(scene.loop.now, UTC),
        owner=turn.who,
        assigned_at=ledger.now,
    )
    scene.tell("lead_assigned", turn.who, subjects, cause, person=turn.who, before=None, reason="甄别")
    scene.tell("lead_disqualified", turn.who, {"lead": lead.key}, cause, reason=reason, note="")
