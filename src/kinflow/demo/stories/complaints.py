"""Complaints: quality and application engineering look for the cause, and for whose it is."""

from ..engine.chance import Chance
from ..scene import Scene, Steps
from . import tickets
from .activities import perform, plan
from .notes import note
from .tickets import Ticket


def settle_complaint(scene: Scene, chance: Chance, ticket: Ticket) -> Steps[None]:
    """Quality decides; with the ping-pong the case first goes to and fro between the two departments."""
    quality = scene.roster.least_busy(scene.roster.members("quality"), chance)
    agent = ticket.holder
    tickets.hand_over(scene, chance, ticket, quality, agent, "to_quality")
    who = yield from _analyse(scene, chance, ticket, quality, agent)
    if scene.troubles.ping_pong:
        for _round in range(1 + chance.hit(0.65) + chance.hit(0.4)):
            able = scene.roster.engineers(ticket.product.skill, not scene.troubles.lone_expert)
            engineer = scene.roster.least_busy(able, chance)
            tickets.hand_over(scene, chance, ticket, engineer, who, "to_engineering")
            who = yield from _analyse(scene, chance, ticket, engineer, who)
            tickets.hand_over(scene, chance, ticket, quality, who, "back_to_quality")
            who = yield from _analyse(scene, chance, ticket, quality, who)
    tickets.solve(scene, chance, ticket, who)


def _analyse(scene: Scene, chance: Chance, ticket: Ticket, person: str, by: str) -> Steps[str]:
    key = plan(
        scene,
        "cause_analysis",
        owner=person,
        by=by,
        about=ticket.key,
        account=ticket.prospect.key,
        contact=ticket.contact.key,
        what=ticket.what,
    )
    yield scene.after_work(chance.spread(2.5, 0.5))
    return (
        yield from perform(
            scene,
            key,
            chance.spread(42, 0.4),
            ticket.urgency + 1,
            "done",
            lambda: note(scene, chance, person, "analysed", ticket.slots),
        )
    )
