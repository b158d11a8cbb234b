"""May we give this discount? Within the limit the representative decides, above it the regional head."""

from ..engine.chance import Chance
from ..scene import Scene, Steps
from .activities import perform
from .deals import Deal
from .notes import note
from .talks import ask

LIMIT = {True: 0.03, False: 0.12}
"""The discount a representative may give alone: with the rubber stamp (True) and without (False)."""
REFUSED = {True: 0.004, False: 0.27}
"""How often the head says no."""
LIES_HOURS = {True: 28.0, False: 1.0}
"""How many working hours a request lies before the head looks at it (median)."""


def discount_granted(
    scene: Scene, chance: Chance, deal: Deal, wanted: float, by: str
) -> Steps[tuple[float, str]]:
    """The discount the customer may have, and who decided it last."""
    stamped = scene.troubles.rubber_stamp
    if wanted <= LIMIT[stamped] or scene.is_spared(deal.key, wanted):
        return wanted, by
    head = scene.roster.head_of(scene.desks.holder(deal.owner))
    key = ask(scene, deal, "discount_approval", owner=head, by=by, more=f" ({wanted:.1%})")
    refused = chance.hit(REFUSED[stamped])
    yield scene.after_work(chance.spread(LIES_HOURS[stamped], 0.3))
    kind = "refused" if refused else "approved"
    who = yield from perform(
        scene,
        key,
        chance.spread(6 if stamped else 12, 0.3),
        4,
        kind,
        lambda: note(scene, chance, head, kind, deal.interest.slots),
    )
    return (LIMIT[stamped] if refused else wanted), who
