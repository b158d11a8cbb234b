"""How requests for service come in, and what the hotline settles itself or passes on."""

from ..engine.chance import Chance, Weighted
from ..engine.loop import Story, Turn
from ..market.prospects import Prospect
from ..scene import Scene, Steps
from . import customers, mails, tickets
from .activities import during, perform, plan
from .complaints import settle_complaint
from .notes import note
from .repairs import maintain, repair
from .tickets import Ticket

KINDS = Weighted((("question", 34.0), ("repair", 37.0), ("complaint", 11.0), ("maintenance", 18.0)))
CHANNELS = Weighted((("phone", 54.0), ("email", 23.0), ("wecom", 13.0), ("portal", 10.0)))
AGAIN = 0.13
"""How often a repair by somebody who knows nothing of the pump was none."""
OPENED_BY = {"wecom": "integration:wecom", "portal": "portal:service"}


def case_story(scene: Scene, chance: Chance, prospect: Prospect) -> Story:
    """A customer asks for service; what comes of it."""
    kind, channel = KINDS.pick(chance), CHANNELS.pick(chance)
    if channel == "phone":
        ticket = yield from _called(scene, chance, prospect, kind)
    else:
        ticket = yield from _written(scene, chance, prospect, kind, channel)
    yield from settle(scene, chance, ticket)


def settle(scene: Scene, chance: Chance, ticket: Ticket) -> Steps[None]:
    """What the hotline does with a case that it has taken in, until it is closed."""
    kind = ticket.kind
    if kind == "question":
        yield from _answer(scene, chance, ticket)
    elif kind == "repair":
        yield from repair(scene, chance, ticket)
    elif kind == "complaint":
        yield from settle_complaint(scene, chance, ticket)
    else:
        yield from maintain(scene, chance, ticket)
    scene.loop.begin(tickets.end(scene, chance, ticket, comes_back(scene, ticket)))


def comes_back(scene: Scene, ticket: Ticket) -> float:
    """How likely a solved case was not solved: of repairs, the better its holder knows the pump, the less."""
    knowledge = scene.roster.people[ticket.holder].skills.get(ticket.product.skill, 0)
    return AGAIN - 0.02 * knowledge if ticket.kind == "repair" else 0.03


def _agent(scene: Scene, chance: Chance) -> str:
    agents = scene.roster.members("hotline")
    return scene.roster.on_duty(agents, scene.loop.now) or scene.roster.least_busy(agents, chance)


def _called(scene: Scene, chance: Chance, prospect: Prospect, kind: str) -> Steps[Ticket]:
    """The hotline takes the call and opens the case while talking; out of hours, the next morning."""
    turn = Turn(_agent(scene, chance), chance.spread(8, 0.4), 0)
    yield turn
    contact = customers.meet(scene, chance, prospect, turn.who, "phone")
    ticket = tickets.open_case(scene, chance, prospect, contact, kind, turn.who, "phone")
    tickets.assign(scene, ticket, turn.who, turn.who)
    yield from _note_down(scene, chance, ticket, turn)
    return ticket


def _note_down(scene: Scene, chance: Chance, ticket: Ticket, turn: Turn) -> Steps[None]:
    kind = "answered" if ticket.kind == "question" else "noted"
    yield from during(
        scene,
        turn,
        "phone_help",
        about=ticket.key,
        account=ticket.prospect.key,
        contact=ticket.contact.key,
        what=ticket.what,
        outcome="done",
        notes=lambda: note(scene, chance, turn.who, kind, ticket.slots),
    )


def _written(scene: Scene, chance: Chance, prospect: Prospect, kind: str, channel: str) -> Steps[Ticket]:
    """By e-mail, WeCom or portal: the case is there at once, and the hotline looks at it."""
    contact = customers.meet(scene, chance, prospect, OPENED_BY.get(channel, "system:mail"), channel)
    if channel == "email" and contact.email:
        return (yield from _mailed(scene, chance, prospect, kind, contact.key))
    by = OPENED_BY.get(channel, "portal:service")
    ticket = tickets.open_case(
        scene, chance, prospect, contact, kind, by, "portal" if channel == "email" else channel
    )
    yield from take_in(scene, chance, ticket)
    return ticket


def take_in(scene: Scene, chance: Chance, ticket: Ticket) -> Steps[None]:
    """The hotline looks at a case that has come in by itself."""
    turn = Turn(_agent(scene, chance), chance.spread(7, 0.4), ticket.urgency)
    yield turn
    tickets.assign(scene, ticket, turn.who, turn.who)
    yield from _note_down(scene, chance, ticket, turn)


def _mailed(scene: Scene, chance: Chance, prospect: Prospect, kind: str, contact_key: str) -> Steps[Ticket]:
    contact = scene.ledger.contacts[contact_key]
    ticket = tickets.open_case(scene, chance, prospect, contact, kind, "system:mail", "email")
    form = "service" if ticket.kind in ("repair", "complaint") else "request"
    letter = mails.Letter(form, ticket.slots, mails.SERVICE)
    email = mails.receive(scene, chance, contact, letter, product=ticket.product.key, case=ticket.key)
    agent = _agent(scene, chance)
    mails.assign_email(scene, email, agent)
    turn = Turn(agent, chance.spread(8, 0.4), ticket.urgency)
    yield turn
    tickets.assign(scene, ticket, turn.who, turn.who)
    yield turn.ends_at
    mails.answer(scene, chance, email.key, turn.who, ticket.slots, form)
    tickets.answered(scene, ticket, turn.who)
    return ticket


def _answer(scene: Scene, chance: Chance, ticket: Ticket) -> Steps[None]:
    """The hotline answers what it knows; the rest goes to an engineer of the pump family."""
    agent = ticket.holder
    knowledge = scene.roster.people[agent].skills.get(ticket.product.skill, 0)
    if chance.hit(0.42 + 0.12 * knowledge):
        tickets.solve(scene, chance, ticket, agent)
        return
    able = scene.roster.engineers(ticket.product.skill, not scene.troubles.lone_expert)
    engineer = scene.roster.least_busy(able, chance)
    magnetic = ticket.product.skill == "magnetic"
    tickets.hand_over(scene, chance, ticket, engineer, agent, "to_expert" if magnetic else "to_engineer")
    key = plan(
        scene,
        "technical_answer",
        owner=engineer,
        by=agent,
        about=ticket.key,
        account=ticket.prospect.key,
        contact=ticket.contact.key,
        what=ticket.what,
    )
    minutes = chance.spread(70 if magnetic else 28, 0.4)
    who = yield from perform(
        scene,
        key,
        minutes,
        ticket.urgency + 2,
        "done",
        lambda: note(scene, chance, engineer, "technically_answered", ticket.slots),
    )
    tickets.solve(scene, chance, ticket, who)
