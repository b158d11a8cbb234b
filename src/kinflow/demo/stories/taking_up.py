"""What lay on the desks is taken up: leads, sales, cases, letters and work that are open when a chapter begins."""

from collections.abc import Sequence
from typing import Any

from ..company.facts import Product
from ..engine.chance import Chance
from ..engine.loop import Story, Turn
from ..market.companies import company_of
from ..market.interests import Interest, slots_of
from ..market.prospects import Prospect, past_of
from ..records import Activity, Case, Contact, Email, Lead, Opportunity
from ..scene import HOUR, Scene, Steps
from . import mails, tickets
from .activities import perform
from .capturing import captured
from .cases import comes_back, settle, take_in
from .chases import Chase, know_account
from .closing import close, come_to_terms
from .deals import Deal
from .leads import convert, pursue
from .notes import note
from .opportunities import sell
from .parts import decide, offer
from .quoting import design, quote, write_quote
from .repairs import REGIONS, technician_for, visit
from .sorting import sort
from .strangers import close_it
from .talks import look, priority_of
from .tickets import Ticket

MINUTES = {"engineering": 110, "repair_visit": 205, "maintenance_visit": 150, "workshop_repair": 430}
HALF_AN_HOUR = 30
OUTCOMES = {"quote": "sent", "parts_offer": "sent", "first_call": "reached", "second_call": "reached"}
APPROVED = ("discount_approval", "credit_check", "contract_review")
NOTES = {
    "engineering": "engineered",
    "pricing": "priced",
    "discount_approval": "approved",
    "credit_check": "credit_ok",
    "contract_review": "reviewed",
    "follow_up": "followed_up",
    "care_call": "care",
    "care_visit": "care",
    "cause_analysis": "analysed",
    "repair_visit": "repaired",
    "workshop_repair": "repaired_in_workshop",
    "maintenance_visit": "maintained",
}
ON_SITE = ("repair", "maintenance")
LOOKED_AT = 40


def take_up(scene: Scene) -> None:
    """Put all that is open on the call sheet; work about it belongs to its story, other work is a story of its own."""
    ledger = scene.ledger
    works: dict[str | None, list[Activity]] = {}
    for work in ledger.activities:
        works.setdefault(work.about, []).append(work)
    for sale in list(ledger.opportunities):
        _begin(scene, f"sale/{sale.key}", _sale, sale, works.pop(sale.key, []))
    for lead in list(ledger.leads):
        _begin(scene, f"lead/{lead.key}", _lead, lead, works.pop(lead.key, []))
    for case in list(ledger.cases):
        _begin(scene, f"case/{case.key}", _case, case, works.pop(case.key, []))
    for letter in list(ledger.emails):
        _begin(scene, f"letter/{letter.key}", _letter, letter)
    for rest in works.values():
        for work in rest:
            _begin(scene, f"work/{work.key}", _work, work)


def _begin(scene: Scene, stream: str, tell: Any, *given: Any) -> None:
    scene.loop.begin(tell(scene, scene.streams.of(f"taken up/{stream}"), *given))


def _do(scene: Scene, chance: Chance, work: Activity, slots: dict[str, Any], priority: int = 4) -> Steps[str]:
    """Do planned work, when it is due."""
    if work.due_at is not None:
        yield max(scene.loop.now, int(work.due_at.timestamp()) - 2 * HOUR)
    minutes = chance.spread(MINUTES.get(work.topic, HALF_AN_HOUR), 0.4)
    outcome = "approved" if work.topic in APPROVED else OUTCOMES.get(work.topic, "done")
    kind = NOTES.get(work.topic)
    owner = scene.desks.holder(work.owner)
    said = note(scene, chance, owner, kind, slots) if kind and slots else ""
    return (yield from perform(scene, work.key, minutes, priority, outcome, said))


def _work(scene: Scene, chance: Chance, work: Activity) -> Story:
    yield from _do(scene, chance, work, {})


def _in_order(works: Sequence[Activity]) -> list[Activity]:
    return sorted(works, key=lambda work: (work.due_at or work.created_at, work.key))


# ---- sales


def _interest(
    scene: Scene, chance: Chance, prospect: Prospect, product: Product, quantity: int, need: str
) -> Interest:
    slots = slots_of(chance, prospect, _pump(scene, prospect, product), quantity, scene.local.month)
    return Interest(product, quantity, slots, need, prospect.company.language, 60)


def _sale(scene: Scene, chance: Chance, record: Opportunity, works: Sequence[Activity]) -> Story:
    prospect = scene.prospects[record.account]
    product = scene.products[record.product]
    interest = _interest(scene, chance, prospect, product, record.quantity, "")
    opened_at = int(record.created_at.timestamp())
    contact = scene.ledger.contacts[record.contact]
    deal = Deal(record.key, prospect, contact, interest, record.owner or "", opened_at, record.discount)
    deal.number = f"Q{scene.local:%y%m}-{deal.key[-4:]}"
    deal.quoted_at = scene.loop.now
    yield scene.after(chance.uniform(0, 3))
    if record.pipeline == "parts":
        yield from _parts(scene, chance, deal, works)
    else:
        yield from _project(scene, chance, deal, {work.topic: work for work in _in_order(works)})


def _parts(scene: Scene, chance: Chance, deal: Deal, works: Sequence[Activity]) -> Steps[None]:
    for work in _in_order(works):
        yield from _do(scene, chance, work, {})
    if deal.record(scene).stage == "enquiry":
        yield from offer(scene, chance, deal)
    yield from decide(scene, chance, deal, sure=False)


def _project(scene: Scene, chance: Chance, deal: Deal, works: dict[str, Activity]) -> Steps[None]:
    """The work that waits, then what comes behind it."""
    follow_up, asked = works.pop("follow_up", None), works.pop("quote", None)
    slots = {**deal.interest.slots, "eta": 74, "weeks": 6}
    who = deal.owner = scene.desks.holder(deal.owner)
    for work in works.values():
        who = yield from _do(scene, chance, work, slots, priority_of(deal))
    match deal.record(scene).stage:
        case "confirm":
            yield from sell(scene, chance, deal)
        case "analyse" | "design":
            if "engineering" not in works and "pricing" not in works:
                yield from design(scene, chance, deal, who)
            yield from quote(scene, chance, deal)
            yield from close(scene, chance, deal)
        case "quote":
            yield from _quoted(scene, chance, deal, follow_up, asked, is_granted="discount_approval" in works)
        case _ if "contract_review" in works:
            deal.win(scene, (yield from look(scene, deal.owner, 6, priority_of(deal))))
        case _:
            yield from come_to_terms(scene, chance, deal, who)


def _quoted(
    scene: Scene,
    chance: Chance,
    deal: Deal,
    follow_up: Activity | None,
    asked: Activity | None,
    *,
    is_granted: bool,
) -> Steps[None]:
    if follow_up is not None:
        deal.follow_up = follow_up.key
        deal.follow_up_at = int((follow_up.due_at or scene.ledger.now).timestamp())
    elif asked is not None or is_granted:
        granted = round(0.03 + 0.13 * chance.betavariate(1.8, 2.4), 3)
        yield from write_quote(scene, chance, deal, granted, deal.owner, asked.key if asked else "")
    else:
        yield from quote(scene, chance, deal)
    yield from close(scene, chance, deal)


def _pump(scene: Scene, prospect: Prospect, product: Product) -> Product:
    """The pump that something is about: of a part, one that it fits."""
    if product.family != "spare-parts":
        return product
    return scene.by_family.get(product.skill, scene.by_family[prospect.families[0]])[0]


# ---- leads and letters


def _lead(scene: Scene, chance: Chance, lead: Lead, works: Sequence[Activity]) -> Story:
    contact = scene.ledger.contacts[lead.contact]
    if lead.product is None:
        yield from close_it(scene, chance, lead.key, lead.contact)
        return
    prospect = _prospect_behind(scene, chance, lead, contact)
    interest = _interest(scene, chance, prospect, scene.products[lead.product], 1, lead.need)
    captured_at = int(lead.created_at.timestamp())
    chase = Chase(
        lead.key, prospect, contact, interest, lead.source, captured_at, None, lead.account is not None
    )
    for work in _in_order(works):
        yield from _do(scene, chance, work, {})
    if lead.owner is None:
        yield from sort(scene, chance, chase)
    know_account(scene, chase, scene.ledger.leads[lead.key].owner or "")
    if lead.stage == "qualified" and lead.account is not None:
        convert(scene, chance, chase, (yield from look(scene, lead.owner or "", 6, 4)))
    else:
        yield from pursue(scene, chance, chase)


def _prospect_behind(scene: Scene, chance: Chance, lead: Lead, contact: Contact) -> Prospect:
    """The company that somebody asks for; one that nobody has entered yet is found when the lead is sorted."""
    account = lead.account or contact.account
    if account is not None:
        return scene.prospects[account]
    key = f"account-{len(scene.prospects) + 1:05}"
    taken = {prospect.company.name for prospect in scene.prospects.values()}
    company = company_of(chance, taken, abroad=lead.country not in ("", "CN"))
    prospect = past_of(chance, key, company, "C", int(chance.spread(130, 0.7)) + 3)
    prospect.known.append(contact.key)
    scene.add_prospect(prospect)
    return prospect


def _letter(scene: Scene, chance: Chance, letter: Email) -> Story:
    """Somebody answers it; one about a wish becomes a lead."""
    contact = scene.ledger.contacts[letter.contact or ""]
    prospect = scene.prospects.get(contact.account or "")
    reader = letter.owner or scene.roster.least_busy(scene.roster.members("lead-desk"), chance)
    turn = Turn(reader, chance.spread(8, 0.4), 4)
    yield turn
    yield turn.ends_at
    if prospect is None:
        mails.ignore(scene, letter.key, turn.who)
        return
    product = scene.by_family[chance.pick(prospect.families)][0]
    interest = _interest(scene, chance, prospect, product, 1, letter.fresh_text[:500])
    kind = "request" if letter.case else "enquiry"
    slots = {**interest.slots, "need": interest.need, "contact": contact.name, "description": interest.need}
    mails.answer(scene, chance, letter.key, turn.who, slots, kind)
    if letter.case is None:
        chase = captured(scene, chance, prospect, "email", interest, turn.who, contact=contact)
        yield from sort(scene, chance, chase)
        yield from pursue(scene, chance, chase)


# ---- service


def _case(scene: Scene, chance: Chance, case: Case, works: Sequence[Activity]) -> Story:
    ticket = _ticket(scene, chance, case)
    if case.status != "solved":
        yield from _settle(scene, chance, ticket, case, works)
    else:
        scene.loop.begin(tickets.end(scene, chance, ticket, comes_back(scene, ticket)))


def _ticket(scene: Scene, chance: Chance, case: Case) -> Ticket:
    prospect, contact = scene.prospects[case.account], scene.ledger.contacts[case.contact]
    product = _pump(scene, prospect, scene.products[case.product])
    fault = tickets.fault_of(chance, product)
    slots = tickets.words_of(scene, chance, prospect, contact, product, fault)
    slots["brief"], slots["description"] = case.subject, case.description
    slots["brief_zh"] = tickets.brief_of(case.kind, str(slots["fault_zh"]), chinese=True)
    holder = scene.desks.holder(case.owner) if case.owner else ""
    return Ticket(case.key, prospect, contact, product, case.kind, case.priority, fault, slots, holder)


def _settle(
    scene: Scene, chance: Chance, ticket: Ticket, case: Case, works: Sequence[Activity]
) -> Steps[None]:
    """Who has it goes on with it: what is planned, and what it takes beside."""
    if not ticket.holder:
        yield from take_in(scene, chance, ticket)
        yield from settle(scene, chance, ticket)
        return
    if case.status == "waiting":
        yield scene.after(chance.spread(2, 0.5))
        tickets.resume(scene, ticket, "process:goods-in")
    if not works and scene.roster.people[ticket.holder].unit == "hotline":
        yield from settle(scene, chance, ticket)
        return
    who = ticket.holder
    for work in _in_order(works):
        who = yield from _do(scene, chance, work, ticket.slots, ticket.urgency)
    if not any(work.topic in MINUTES for work in works) and ticket.kind in ON_SITE:
        done = "maintained" if ticket.kind == "maintenance" else "repaired"
        who = _technician(scene, chance, ticket, who)
        who = yield from visit(scene, chance, ticket, who, done)
    elif not works:
        who = yield from look(scene, who, chance.spread(LOOKED_AT, 0.4), ticket.urgency)
    tickets.solve(scene, chance, ticket, who)
    scene.loop.begin(tickets.end(scene, chance, ticket, comes_back(scene, ticket)))


def _technician(scene: Scene, chance: Chance, ticket: Ticket, who: str) -> str:
    """Who goes to the customer: whoever has the case, if that is somebody who does such things."""
    if scene.roster.people[who].unit in (*REGIONS, "workshop"):
        return who
    technician, region = technician_for(scene, chance, ticket)
    tickets.hand_over(scene, chance, ticket, technician, who, "to_technician", region=region)
    return ticket.holder
