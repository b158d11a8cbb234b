"""After a sale: delivery, commissioning, and the visit that asks how it went."""

from ..engine.chance import Chance
from ..engine.loop import Story
from ..scene import HOUR, Scene
from .activities import perform
from .deals import Deal
from .talks import ask, say


def after_sale(scene: Scene, chance: Chance, deal: Deal, who: str) -> Story:
    """The pumps are delivered and run; bigger ones are visited some weeks later."""
    due = scene.after(chance.spread(38, 0.3))
    visits = deal.interest.amount > 60_000 and deal.prospect.home and chance.hit(0.7)
    key = ask(scene, deal, "handover_visit", owner=deal.owner, by=who, due=due) if visits else ""
    deal.prospect.last_seen = scene.loop.now
    yield scene.after(chance.spread(26, 0.3))
    deal.prospect.installed.extend([deal.interest.product.key] * min(4, deal.interest.quantity))
    if visits:
        yield due - 2 * HOUR
        minutes, notes = chance.spread(140, 0.3), say(scene, chance, deal, "care")
        yield from perform(scene, key, minutes, 6, "done", notes)
