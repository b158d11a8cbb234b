"""How a lead comes in: captured by a form or a list, told on the telephone, written in an e-mail."""

from ..engine.chance import Chance
from ..engine.loop import Turn
from ..market.interests import Interest
from ..market.prospects import Prospect
from ..records import Contact, Lead
from ..scene import Scene, Steps
from ..words.notes import DETAILS, DETAILS_EN
from . import customers, mails
from .chases import Chase, assign, know_account
from .fridays import report_time

CAPTURED_BY = {"web": "portal:website", "search": "integration:baidu", "wecom": "integration:wecom"}


def captured(
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
            source_detail=detail or _detail(chance, source, interest, prospect.home),
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


def _detail(chance: Chance, source: str, interest: Interest, is_home: bool) -> str:
    if source not in DETAILS:
        return ""
    if is_home:
        return chance.pick(DETAILS[source].split("|")).format(what=interest.product.name_zh)
    return chance.pick(DETAILS_EN[source].split("|")).format(what=interest.product.name)


def told_to_us(
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
    chase = captured(scene, chance, prospect, source, interest, turn.who)
    if source != "phone":
        know_account(scene, chase, turn.who)
        assign(scene, chase, turn.who, turn.who, "介绍人直接联系")
    return chase


def written_to_us(scene: Scene, chance: Chance, prospect: Prospect, interest: Interest) -> Steps[Chase]:
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
    chase = captured(scene, chance, prospect, "email", interest, turn.who, contact=contact)
    chase.captured_at = int(email.sent_at.timestamp())
    return chase
