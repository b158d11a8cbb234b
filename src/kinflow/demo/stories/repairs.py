"""Repairs and maintenance: who sends the technician, what is asked of the customer, visits and workshop."""

from ..engine.chance import Chance
from ..engine.loop import Turn
from ..scene import HOUR, Scene, Steps
from . import tickets
from .activities import perform, plan, work
from .asking import ask_again
from .notes import note
from .parts import fetch_part
from .tickets import Ticket

REGIONS = {"technicians-east": "华东", "technicians-north": "北方", "technicians-south": "华南"}
IN_WORKSHOP = 0.2
"""The share of repairs for which the pump is sent in."""


def repair(scene: Scene, chance: Chance, ticket: Ticket) -> Steps[None]:
    """Find a technician, by the long chain or at once; then repair on site or in the workshop."""
    if scene.troubles.long_chain:
        giver = yield from _through_dispatch(scene, chance, ticket)
    else:
        giver = ticket.holder
    giver = yield from ask_again(scene, chance, ticket, giver)
    if chance.hit(IN_WORKSHOP):
        yield from _in_workshop(scene, chance, ticket, giver)
    else:
        yield from _on_site(scene, chance, ticket, giver)


def _through_dispatch(scene: Scene, chance: Chance, ticket: Ticket) -> Steps[str]:
    """Hotline to dispatcher, dispatcher to planner; each looks into the tray when there is time."""
    dispatcher = scene.roster.least_busy(scene.roster.members("dispatch"), chance)
    tickets.hand_over(scene, chance, ticket, dispatcher, ticket.holder, "to_dispatch")
    yield scene.after_work(chance.spread(2.2, 0.5) * (0.4 if ticket.urgency == 1 else 1))
    turn = Turn(dispatcher, chance.spread(8, 0.3), ticket.urgency)
    yield turn
    yield turn.ends_at
    return (yield from _to_planner(scene, chance, ticket, turn.who))


def _to_planner(scene: Scene, chance: Chance, ticket: Ticket, by: str) -> Steps[str]:
    planner = scene.roster.least_busy(scene.roster.members("service-planning"), chance)
    tickets.hand_over(scene, chance, ticket, planner, by, "to_planner")
    yield scene.after_work(chance.spread(3.2, 0.5) * (0.4 if ticket.urgency == 1 else 1))
    turn = Turn(planner, chance.spread(11, 0.3), ticket.urgency)
    yield turn
    yield turn.ends_at
    return turn.who


def technician_for(scene: Scene, chance: Chance, ticket: Ticket) -> tuple[str, str]:
    """The region's technician with the least to do, among those who know the pump if there are any."""
    team = scene.roster.technicians(ticket.prospect.company.place)
    able = [
        key
        for key in scene.roster.members(team)
        if scene.roster.people[key].skills.get(ticket.product.skill, 0) > 1
    ]
    return scene.roster.least_busy(able or scene.roster.members(team), chance), REGIONS[team]


def _on_site(scene: Scene, chance: Chance, ticket: Ticket, giver: str) -> Steps[None]:
    technician, region = technician_for(scene, chance, ticket)
    tickets.hand_over(scene, chance, ticket, technician, giver, "to_technician", region=region)
    who = yield from _book(scene, chance, ticket, technician)
    fixed = False
    for attempt in range(3):
        knowledge = scene.roster.people[who].skills.get(ticket.product.skill, 0)
        needs_part = not fixed and attempt < 2 and chance.hit(0.5 - 0.06 * knowledge)
        fixed = not needs_part
        who = yield from visit(scene, chance, ticket, who, "part_missing" if needs_part else "repaired")
        if fixed:
            break
        yield from fetch_part(scene, chance, ticket, who)
    tickets.solve(scene, chance, ticket, who)


def _book(
    scene: Scene,
    chance: Chance,
    ticket: Ticket,
    technician: str,
    topic: str = "book_visit",
    kind: str = "booked",
) -> Steps[str]:
    """The technician calls the customer and fixes a day."""
    who = yield from work(
        scene,
        topic,
        owner=technician,
        minutes=chance.spread(7, 0.3),
        priority=ticket.urgency,
        about=ticket.key,
        account=ticket.prospect.key,
        contact=ticket.contact.key,
        who=f"{ticket.prospect.company.name} {ticket.contact.name}",
        outcome="done",
        notes=lambda: note(scene, chance, technician, kind, ticket.slots),
    )
    tickets.answered(scene, ticket, who)
    return who


def visit(scene: Scene, chance: Chance, ticket: Ticket, technician: str, kind: str) -> Steps[str]:
    """The technician goes there; `kind` is what comes of it."""
    topic = "maintenance_visit" if ticket.kind == "maintenance" else "repair_visit"
    days = {1: 0.4, 2: 1.0, 4: 2.2, 5: 4.0}[ticket.urgency]
    due = scene.after(chance.spread(days, 0.4))
    key = plan(
        scene,
        topic,
        owner=technician,
        by=technician,
        about=ticket.key,
        account=ticket.prospect.key,
        contact=ticket.contact.key,
        what=ticket.what,
        due_at=due,
    )
    yield due - 2 * HOUR
    minutes = chance.spread(150 if kind == "maintained" else 205, 0.35)
    return (
        yield from perform(
            scene,
            key,
            minutes,
            ticket.urgency,
            "done" if kind != "part_missing" else "part_missing",
            lambda: note(scene, chance, technician, kind, ticket.slots),
        )
    )


def _in_workshop(scene: Scene, chance: Chance, ticket: Ticket, giver: str) -> Steps[None]:
    """The customer sends the pump in; the workshop repairs it and sends it back."""
    mechanic = scene.roster.least_busy(scene.roster.members("workshop"), chance)
    tickets.hand_over(scene, chance, ticket, mechanic, giver, "to_workshop")
    who = yield from _book(scene, chance, ticket, mechanic, "arrange_return", "return_booked")
    tickets.wait(scene, ticket, who, "等待客户将泵寄回")
    yield scene.after(chance.spread(4, 0.4))
    tickets.resume(scene, ticket, "process:goods-in")
    who = yield from work(
        scene,
        "workshop_repair",
        owner=mechanic,
        minutes=chance.spread(430, 0.35),
        priority=ticket.urgency,
        about=ticket.key,
        account=ticket.prospect.key,
        what=ticket.what,
        outcome="done",
        notes=lambda: note(scene, chance, mechanic, "repaired_in_workshop", ticket.slots),
    )
    tickets.solve(scene, chance, ticket, who)


def maintain(scene: Scene, chance: Chance, ticket: Ticket) -> Steps[None]:
    """Maintenance is planned by the planner and done by a technician."""
    giver = yield from _to_planner(scene, chance, ticket, ticket.holder)
    giver = yield from ask_again(scene, chance, ticket, giver)
    technician, region = technician_for(scene, chance, ticket)
    tickets.hand_over(scene, chance, ticket, technician, giver, "to_technician", region=region)
    who = yield from _book(scene, chance, ticket, technician)
    yield scene.after(chance.spread(5, 0.5))
    turn = Turn(who, 4, 5)
    yield turn
    yield turn.ends_at
    who = yield from visit(scene, chance, ticket, turn.who, "maintained")
    tickets.solve(scene, chance, ticket, who)
