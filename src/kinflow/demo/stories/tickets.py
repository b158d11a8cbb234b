"""A case on its way: opening, handing over, waiting, solving, closing, and coming back."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ..company.facts import Product
from ..engine.chance import Chance, Weighted
from ..engine.loop import Story, Turn
from ..market.interests import slots_of
from ..market.prospects import Prospect
from ..records import Case, Contact
from ..scene import HOUR, Scene, Steps
from ..words import faults
from ..words.notes import HANDOVER_REASONS

WORKING_HOURS = {"low": 40, "normal": 16, "high": 8, "urgent": 4}
"""In how many working hours a case of each priority is to be solved."""
ANSWERS = 0.34
"""How many customers say how content they are, when a case of theirs was solved."""
CONTENT, NOT_CONTENT = Weighted(((5, 62), (4, 38))), Weighted(((3, 50), (2, 30), (1, 20)))
URGENCY = {"urgent": 1, "high": 2, "normal": 4, "low": 5}


@dataclass
class Ticket:
    """A case with what only its story knows."""

    key: str
    prospect: Prospect
    contact: Contact
    product: Product
    kind: str
    priority: str
    fault: str
    slots: dict[str, object]
    holder: str = ""

    @property
    def what(self) -> str:
        """What is wrong with what, in words for our own people."""
        return f"{self.prospect.company.name} {self.slots['brief_zh']} {self.product.code}"

    @property
    def urgency(self) -> int:
        """How soon work for it is due: 1 is first."""
        return URGENCY[self.priority]

    def subjects(self) -> dict[str, str]:
        """What the case's happenings mention."""
        return {"case": self.key, "account": self.prospect.key, "contact": self.contact.key}


def open_case(
    scene: Scene,
    chance: Chance,
    prospect: Prospect,
    contact: Contact,
    kind: str,
    by: str,
    channel: str,
    cause: int | None = None,
) -> Ticket:
    """Open a case about one of the customer's pumps."""
    product = scene.products[chance.pick(prospect.installed)]
    fault = fault_of(chance, product)
    priority = _priority(chance, prospect, kind)
    slots = words_of(scene, chance, prospect, contact, product, fault)
    brief, description = _texts(chance, contact.language, kind, slots)
    title = f"{brief} - {slots['product']}"
    slots["brief"], slots["description"] = brief, description
    slots["brief_zh"] = brief_of(kind, str(slots["fault_zh"]), chinese=True)
    company = prospect.company
    due = scene.office.finish(scene.office.next_open(scene.loop.now), WORKING_HOURS[priority] * HOUR)
    record = scene.ledger.cases.add(
        Case(
            key=scene.ledger.cases.next_key(),
            subject=title,
            description=description,
            kind=kind,
            priority=priority,
            account=prospect.key,
            contact=contact.key,
            product=product.key,
            channel=channel,
            language=contact.language,
            country=company.country,
            province=company.province,
            place=company.place,
            created_at=scene.ledger.now,
            due_at=datetime.fromtimestamp(due, UTC),
        )
    )
    ticket = Ticket(record.key, prospect, contact, product, kind, priority, fault, slots)
    prospect.last_seen = scene.loop.now
    scene.tell(
        "case_opened", by, ticket.subjects(), cause, case_kind=kind, priority=priority, channel=channel
    )
    return ticket


def _priority(chance: Chance, prospect: Prospect, kind: str) -> str:
    roll = chance.random() - (0.12 if prospect.potential in "AB" else 0)
    if kind in ("repair", "complaint"):
        return "urgent" if roll < 0.12 else "high" if roll < 0.42 else "normal"
    return "high" if roll < 0.03 else "normal" if roll < 0.75 else "low"


def fault_of(chance: Chance, product: Product) -> str:
    """What may be wrong with a pump."""
    return chance.pick(faults.FAULTS_BY_FAMILY[product.family].split())


def words_of(
    scene: Scene, chance: Chance, prospect: Prospect, contact: Contact, product: Product, fault: str
) -> dict[str, object]:
    """The words that fill the phrases about a case."""
    slots = slots_of(chance, prospect, product, chance.randint(1, 4), scene.local.month)
    language = 0 if contact.language == "zh" else 1
    part = scene.products.get(faults.FAULT_PARTS.get(fault, ""), None)
    name = "机封和密封圈" if part is None else part.name_zh
    in_chinese, in_english = (phrase.say(chance, {}) for phrase in faults.TITLE_PHRASES[fault])
    return {
        **slots,
        "fault": in_english if language else in_chinese,
        "fault_zh": in_chinese,
        "contact": contact.name,
        "part": name,
        "address": scene.ledger.accounts[prospect.key].address,
    }


def _texts(chance: Chance, language: str, kind: str, slots: dict[str, object]) -> tuple[str, str]:
    table = {
        "repair": faults.DESCRIPTIONS,
        "question": faults.QUESTIONS,
        "complaint": faults.COMPLAINTS,
        "maintenance": faults.MAINTENANCE,
    }[kind]
    description = table.get(language, table["en"]).say(chance, slots)
    return brief_of(kind, str(slots["fault"]), chinese=language == "zh"), description


def brief_of(kind: str, fault: str, *, chinese: bool) -> str:
    """What a case is about in few words."""
    return {
        "repair": fault,
        "question": "使用咨询" if chinese else "Question",
        "complaint": f"质量投诉：{fault}" if chinese else f"Complaint: {fault}",
        "maintenance": "保养申请" if chinese else "Maintenance",
    }[kind]


def assign(scene: Scene, ticket: Ticket, person: str, by: str, reason: str = "") -> None:
    """Give the new case to somebody."""
    _give(scene, ticket, "case_assigned", person, by, reason)
    if scene.ledger.cases[ticket.key].status == "new":
        scene.ledger.cases.change(ticket.key, status="open")


def hand_over(
    scene: Scene, chance: Chance, ticket: Ticket, person: str, by: str, why: str, **slots: str
) -> None:
    """Pass the case on to somebody else, with the reason the giver writes."""
    reason = HANDOVER_REASONS[why].say(chance, slots)
    _give(scene, ticket, "case_handed_over", scene.desks.holder(person), by, reason)


def _give(scene: Scene, ticket: Ticket, told: str, person: str, by: str, reason: str) -> None:
    before, now = scene.ledger.cases[ticket.key].owner, scene.ledger.now
    scene.ledger.cases.change(ticket.key, owner=person, assigned_at=now, changed_at=now)
    ticket.holder = person
    scene.tell(told, by, ticket.subjects(), person=person, before=before, reason=reason)


def answered(scene: Scene, ticket: Ticket, by: str) -> None:
    """The customer gets a first answer, unless there was one."""
    if scene.ledger.cases[ticket.key].answered_at is None:
        scene.ledger.cases.change(ticket.key, answered_at=scene.ledger.now, changed_at=scene.ledger.now)
        scene.tell("case_answered", by, ticket.subjects())


def wait(scene: Scene, ticket: Ticket, by: str, reason: str) -> None:
    """Nothing goes on without the customer."""
    scene.ledger.cases.change(ticket.key, status="waiting", changed_at=scene.ledger.now)
    scene.tell("case_waiting", by, ticket.subjects(), note=reason)


def resume(scene: Scene, ticket: Ticket, by: str) -> None:
    """The customer's part is done."""
    scene.ledger.cases.change(ticket.key, status="open", changed_at=scene.ledger.now)
    scene.tell("case_resumed", by, ticket.subjects())


def solve(scene: Scene, chance: Chance, ticket: Ticket, by: str) -> None:
    """Settle the matter; what took long annoys the customer."""
    solution = faults.SOLUTIONS[ticket.kind].say(chance, ticket.slots)
    answered(scene, ticket, by)
    now = scene.ledger.now
    case = scene.ledger.cases.change(
        ticket.key, status="solved", solved_at=now, changed_at=now, solution=solution
    )
    scene.tell("case_solved", by, ticket.subjects(), solution=solution)
    late_days = (now - case.due_at).total_seconds() / 86400
    ticket.prospect.annoyance = max(0.0, ticket.prospect.annoyance * 0.8 + min(1.0, late_days * 0.06))


def end(scene: Scene, chance: Chance, ticket: Ticket, again: float) -> Story:
    """Close a solved case some days later, unless it comes back (with probability `again`)."""
    yield scene.after(chance.uniform(1.5, 4))
    if chance.hit(again):
        hotline = scene.roster.least_busy(scene.roster.members("hotline"), chance)
        turn = Turn(hotline, chance.spread(6, 0.4), 1)
        yield turn
        yield turn.ends_at
        record = scene.ledger.cases[ticket.key]
        scene.ledger.cases.change(
            ticket.key,
            status="open",
            solved_at=None,
            rating=None,
            rated_at=None,
            reopened=record.reopened + 1,
            changed_at=scene.ledger.now,
        )
        scene.tell("case_reopened", turn.who, ticket.subjects())
        yield from _once_more(scene, chance, ticket)
    scene.loop.begin(rate(scene, ticket))
    yield scene.after(3)
    now = scene.ledger.now
    scene.ledger.cases.change(ticket.key, status="closed", closed_at=now, changed_at=now)
    scene.tell("case_closed", "process:closing", ticket.subjects())


def rate(scene: Scene, ticket: Ticket) -> Story:
    """One customer in three says how content they are, some days after it was solved.

    By a stream of its own, so that whatever else comes is as it would be without.
    """
    chance = scene.streams.of(f"rating of {ticket.key}")
    if not chance.hit(ANSWERS):
        return
    yield scene.daytime(scene.after(chance.uniform(0.1, 2.5)))
    case = scene.ledger.cases[ticket.key]
    if case.solved_at is None or case.rating is not None:
        return
    is_content = chance.hit(contentment(case))
    rating = (CONTENT if is_content else NOT_CONTENT).pick(chance)
    now = scene.ledger.now
    scene.ledger.cases.change(ticket.key, rating=rating, rated_at=now, changed_at=now)
    scene.tell("case_rated", "portal:service", ticket.subjects(), rating=rating)


def contentment(case: Case) -> float:
    """How likely a customer is content: less for each day of delay, after a reopening, and with a complaint."""
    late_days = 0.0 if case.solved_at is None else (case.solved_at - case.due_at).total_seconds() / 86400
    loss = 0.08 * min(4.0, max(0.0, late_days)) + 0.2 * min(2, case.reopened)
    return max(0.1, 0.88 - loss - (0.15 if case.kind == "complaint" else 0.0))


def _once_more(scene: Scene, chance: Chance, ticket: Ticket) -> Steps[None]:
    """Whoever solved the case has another go."""
    field = ticket.kind in ("repair", "maintenance")
    turn = Turn(ticket.holder, chance.spread(200 if field else 25, 0.4), ticket.urgency)
    yield scene.after(chance.uniform(0.2, 2))
    yield turn
    yield turn.ends_at
    solve(scene, chance, ticket, turn.who)
