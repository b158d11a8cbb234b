"""Does the customer pay? Finance looks it up: before the work, or (the trouble) after it."""

from ..engine.chance import Chance
from ..scene import Scene, Steps
from .activities import perform
from .deals import Deal
from .notes import note
from .talks import ask, look, priority_of

LARGE = 400_000
"""Known customers are checked again from this amount (CNY) on."""


def credit_is_good(scene: Scene, chance: Chance, deal: Deal, by: str) -> Steps[bool]:
    """Whether the customer may buy on account; if not, the deal is lost. Known customers pass unasked."""
    if deal.prospect.is_customer and deal.interest.amount < LARGE:
        return True
    analyst = scene.roster.least_busy(scene.roster.members("credit"), chance)
    key = ask(scene, deal, "credit_check", owner=analyst, by=by)
    good = deal.prospect.pays
    kind = "credit_ok" if good else "credit_refused"
    yield from perform(
        scene,
        key,
        chance.spread(35, 0.4),
        priority_of(deal),
        "approved" if good else "refused",
        lambda: note(scene, chance, analyst, kind, deal.interest.slots),
    )
    if good:
        return True
    who = yield from look(scene, deal.owner, 8, priority_of(deal))
    deal.lose(scene, chance, who, "credit")
    return False
