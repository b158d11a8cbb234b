"""Looking after customers: calls and visits without a reason, out of which new needs come up."""

from ..engine.chance import Chance
from ..engine.loop import Story
from ..market.interests import interest_of
from ..market.prospects import Prospect
from ..scene import HOUR, Scene, Steps
from . import customers
from .activities import cancel, perform, plan
from .deals import Deal
from .notes import note
from .opportunities import sell
from .talks import look

EVERY_DAYS = {"A": 50, "B": 105, "C": 240}
"""How often customers of each grade are called or visited."""


def care_story(scene: Scene, chance: Chance, prospect: Prospect) -> Story:
    """From time to time the representative calls or visits a customer."""
    yield scene.after(chance.uniform(2, 120))
    yield from _look_after(scene, chance, prospect)


def care_goes_on(scene: Scene, chance: Chance, prospect: Prospect) -> Story:
    """Looking after somebody who has long been known: the next time is any day of the usual pause."""
    yield scene.after(chance.uniform(0, EVERY_DAYS.get(scene.ledger.accounts[prospect.key].grade, 60)))
    yield from _look_after(scene, chance, prospect)


def _look_after(scene: Scene, chance: Chance, prospect: Prospect) -> Steps[None]:
    while True:
        account = scene.ledger.accounts[prospect.key]
        rhythm = EVERY_DAYS.get(account.grade)
        if account.owner is None or rhythm is None or account.life_stage not in ("target", "actual"):
            yield scene.after(60)
            continue
        yield from _care(scene, chance, prospect, account.owner)
        yield scene.after(chance.spread(rhythm, 0.25))


def _care(scene: Scene, chance: Chance, prospect: Prospect, owner: str) -> Steps[None]:
    visits = prospect.home and chance.hit(0.35)
    contact = scene.ledger.contacts[chance.pick(prospect.known)]
    due = scene.after(chance.uniform(1, 6))
    key = plan(
        scene,
        "care_visit" if visits else "care_call",
        owner=owner,
        by="process:care",
        about=None,
        account=prospect.key,
        contact=contact.key,
        who=f"{prospect.company.name} {contact.name}",
        due_at=due,
    )
    yield due - 3 * HOUR
    if chance.hit(0.04):
        by = yield from look(scene, owner, 2, 6)
        cancel(scene, key, by)
        return
    who = yield from perform(
        scene,
        key,
        chance.spread(120 if visits else 14, 0.35),
        6,
        "done",
        lambda: note(scene, chance, scene.desks.holder(owner), "care", {}),
    )
    prospect.annoyance *= 0.85
    if chance.hit(0.055 * prospect.needs):
        interest = interest_of(chance, prospect, scene.by_family, "referral", scene.local.month)
        deal = Deal.opened(scene, chance, prospect, contact, interest, who, source="referral")
        customers.move_in_life(scene, prospect, "target")
        scene.loop.begin(sell(scene, chance, deal))
