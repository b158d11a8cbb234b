"""The way of a sale from the confirmed need to the quote, and on to its end."""

from ..engine.chance import Chance
from ..engine.loop import Story
from ..scene import HOUR, Scene, Steps
from .activities import perform
from .closing import close
from .credit import credit_is_good
from .deals import Deal
from .quoting import design, quote
from .talks import ask, look, priority_of, say, talk

BIG = 80_000
"""From this amount (CNY) on, a representative goes to see the place."""


def sell(scene: Scene, chance: Chance, deal: Deal) -> Story:
    """Everything from the first talk about the need to the order, or to the loss."""
    who = yield from _confirm(scene, chance, deal)
    if chance.hit(0.07):
        deal.lose(scene, chance, who, "cancelled")
        return
    if not scene.troubles.late_credit_check:
        if not (yield from credit_is_good(scene, chance, deal, who)):
            return
        who = yield from look(scene, deal.owner, 3, priority_of(deal))
    who = yield from analyse(scene, chance, deal, who)
    deal.move(scene, "design", who)
    yield from design(scene, chance, deal, who)
    yield from quote(scene, chance, deal)
    yield from close(scene, chance, deal)


def _confirm(scene: Scene, chance: Chance, deal: Deal) -> Steps[str]:
    yield scene.after(chance.spread(0.8, 0.6))
    return (yield from talk(scene, chance, deal, "need_call", chance.spread(18, 0.4), "reached"))


def analyse(scene: Scene, chance: Chance, deal: Deal, who: str) -> Steps[str]:
    """Look at the place if it is worth it, else talk about the technical side on the phone."""
    visits = (deal.interest.amount > BIG or deal.prospect.potential == "A") and deal.prospect.home
    if not visits or chance.hit(0.3):
        yield scene.after(chance.spread(1.2, 0.5))
        who = yield from talk(scene, chance, deal, "technical_call", chance.spread(28, 0.4), "technical")
    else:
        due = scene.after(chance.spread(3.5, 0.4))
        key = ask(scene, deal, "site_visit", owner=deal.owner, by=who, due=due)
        yield due - 3 * HOUR
        minutes, notes = chance.spread(210, 0.3), say(scene, chance, deal, "visit")
        who = yield from perform(scene, key, minutes, priority_of(deal), "done", notes)
    deal.move(scene, "analyse", who)
    return who
