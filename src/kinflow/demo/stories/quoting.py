"""From the need to the quote: sizing by an engineer, the price, the discount, the paper."""

from ..engine.chance import Chance
from ..scene import HOUR, Scene, Steps
from .activities import perform
from .approvals import discount_granted
from .deals import Deal
from .notes import note
from .talks import ask, look, priority_of

ENGINEERED = {
    "magnetic": 1.0,
    "chemical-process": 0.75,
    "boiler-feed": 0.7,
    "slurry": 0.65,
    "booster": 0.4,
    "sanitary": 0.35,
    "metering": 0.3,
    "sewage": 0.3,
    "fire": 0.3,
    "circulation": 0.2,
}
"""How often a deal of the family needs an engineer; the rest is quoted from the catalogue."""


def design(scene: Scene, chance: Chance, deal: Deal, by: str) -> Steps[None]:
    """Size the pump and find its price; for magnetic drive pumps one engineer does both."""
    family = deal.interest.family
    if not chance.hit(ENGINEERED[family]):
        return
    able = scene.roster.engineers(family, not scene.troubles.lone_expert)
    engineer = scene.roster.least_busy(able, chance)
    key = ask(scene, deal, "engineering", owner=engineer, by=by)
    slots = {**deal.interest.slots, "eta": chance.randint(62, 86), "weeks": chance.randint(3, 9)}
    magnetic = family == "magnetic"
    who = yield from perform(
        scene,
        key,
        chance.spread(540 if magnetic else 110, 0.35),
        priority_of(deal),
        "done",
        lambda: note(scene, chance, engineer, "engineered", slots),
    )
    if not magnetic:
        pricer = scene.roster.least_busy(scene.roster.members("pricing"), chance)
        key = ask(scene, deal, "pricing", owner=pricer, by=who)
        yield from perform(
            scene,
            key,
            chance.spread(40, 0.4),
            priority_of(deal),
            "done",
            lambda: note(scene, chance, pricer, "priced", slots),
        )


def quote(scene: Scene, chance: Chance, deal: Deal) -> Steps[None]:
    """Decide on a discount, with or without asking, and send the quote."""
    deal.owner = who = yield from look(scene, deal.owner, chance.spread(8, 0.3), priority_of(deal))
    deal.move(scene, "quote", who)
    wanted = round(0.01 + 0.15 * chance.betavariate(1.8, 2.4), 3)
    granted, who = yield from discount_granted(scene, chance, deal, wanted, who)
    yield from write_quote(scene, chance, deal, granted, who)


def write_quote(
    scene: Scene, chance: Chance, deal: Deal, granted: float, by: str, asked: str = ""
) -> Steps[None]:
    """Have the quote written with the discount that was granted (`asked` is the work for it, if it is), and send it."""
    writer = deal.owner
    if deal.prospect.home and deal.interest.amount > 20_000:
        writer = scene.roster.least_busy(scene.roster.members("order-desk"), chance)
    key = asked or ask(scene, deal, "quote", owner=writer, by=by)
    who = yield from perform(
        scene,
        key,
        chance.spread(38, 0.35),
        priority_of(deal),
        "sent",
        lambda: note(scene, chance, writer, "quote_sent", deal.interest.slots),
    )
    deal.reprice(scene, granted, who)
    deal.quoted_at = scene.loop.now
    deal.number = f"Q{scene.local:%y%m}-{deal.key[-4:]}"
    deal.quoted_after = scene.office.between(deal.opened_at, scene.loop.now) / (8 * HOUR)
    due = scene.after(chance.spread(4.5, 0.3))
    deal.follow_up = ask(scene, deal, "follow_up", owner=deal.owner, by=who, due=due)
    deal.follow_up_at = due
