"""What a deal's owner does: talk with the customer, ask work of colleagues, decide the next step."""

from ..engine.chance import Chance
from ..engine.loop import Turn
from ..scene import Scene, Steps
from .activities import Outcome, plan, work
from .deals import Deal
from .notes import note

PRIORITIES = {"A": 2, "B": 3, "C": 4, "D": 5}


def priority_of(deal: Deal) -> int:
    """How urgent work for the deal is: the better the customer, the sooner."""
    return PRIORITIES[deal.prospect.potential]


def say(scene: Scene, chance: Chance, deal: Deal, kind: str) -> Outcome:
    """The note its owner writes, once the work is done."""
    return lambda: note(scene, chance, scene.desks.holder(deal.owner), kind, deal.interest.slots)


def ask(
    scene: Scene, deal: Deal, topic: str, *, owner: str, by: str, due: int | None = None, more: str = ""
) -> str:
    """Plan work for the deal, or ask it of a colleague; `more` follows the subject. Returns the activity's key."""
    return plan(
        scene,
        topic,
        owner=owner,
        by=by,
        about=deal.key,
        account=deal.prospect.key,
        contact=deal.contact.key,
        who=customer_of(deal),
        what=deal.what(in_english=scene.roster.writes_english(scene.desks.holder(owner))) + more,
        due_at=due,
    )


def customer_of(deal: Deal) -> str:
    """The customer's company and person."""
    return f"{deal.prospect.company.name} {deal.contact.name}"


def talk(scene: Scene, chance: Chance, deal: Deal, topic: str, minutes: float, kind: str) -> Steps[str]:
    """A call or meeting of the owner with the customer; returns who held it."""
    deal.owner = scene.desks.holder(deal.owner)
    return (
        yield from work(
            scene,
            topic,
            owner=deal.owner,
            minutes=minutes,
            priority=priority_of(deal),
            about=deal.key,
            account=deal.prospect.key,
            contact=deal.contact.key,
            who=customer_of(deal),
            what=deal.what(in_english=scene.roster.writes_english(deal.owner)),
            outcome="done",
            notes=say(scene, chance, deal, kind),
        )
    )


def look(scene: Scene, person: str, minutes: float, priority: int) -> Steps[str]:
    """A short piece of work that leaves no activity behind, before somebody decides; returns who it was."""
    turn = Turn(person, minutes, priority)
    yield turn
    yield turn.ends_at
    return turn.who
