"""Spare parts: enquiries by mail, telephone and shop, offers, orders, and what the store hands out."""

from ..company.facts import Product
from ..engine.chance import Chance, Weighted
from ..engine.loop import Story, Turn
from ..market.interests import Interest, slots_of
from ..market.prospects import Prospect
from ..records import Contact
from ..scene import Scene, Steps
from . import customers, mails
from .activities import perform, plan, work
from .deals import Deal
from .notes import note
from .tickets import Ticket

CHANNELS = Weighted((("email", 62.0), ("web", 24.0), ("phone", 14.0)))
BOUGHT = 0.74
"""How often an offer for parts becomes an order."""


def parts_story(scene: Scene, chance: Chance, prospect: Prospect) -> Story:
    """A customer wants spare parts."""
    channel = CHANNELS.pick(chance)
    contact = customers.meet(
        scene, chance, prospect, "portal:shop" if channel == "web" else "system:mail", channel
    )
    if channel == "email" and not contact.email:
        channel = "phone"
    interest = _interest(scene, chance, prospect)
    clerk = scene.roster.least_busy(scene.roster.members("parts-shop"), chance)
    if channel == "email":
        deal = yield from _mailed(scene, chance, prospect, contact, interest, clerk)
    else:
        deal = yield from _asked(scene, chance, prospect, contact, interest, clerk, channel)
    yield from decide(scene, chance, deal, sure=channel == "web")


def _interest(scene: Scene, chance: Chance, prospect: Prospect) -> Interest:
    pump = scene.products[chance.pick(prospect.installed)]
    fitting = [part for part in scene.by_family["spare-parts"] if part.skill == pump.skill]
    part: Product = chance.pick(fitting) if fitting else scene.products["MS-108-35"]
    quantity = 1 + int(chance.random() ** 2 * (12 if part.price < 1000 else 4))
    slots = slots_of(chance, prospect, pump, quantity, scene.local.month)
    slots["part"] = part.name_zh if prospect.company.language == "zh" else part.name
    return Interest(part, quantity, slots, "", prospect.company.language, 60)


def _mailed(
    scene: Scene, chance: Chance, prospect: Prospect, contact: Contact, interest: Interest, clerk: str
) -> Steps[Deal]:
    letter = mails.Letter("parts", interest.slots, mails.PARTS)
    email = mails.receive(scene, chance, contact, letter, product=interest.product.key)
    mails.assign_email(scene, email, clerk)
    turn = Turn(clerk, chance.spread(4, 0.3), 4)
    yield turn
    yield turn.ends_at
    deal = Deal.opened(scene, chance, prospect, contact, interest, turn.who, source="email", pipeline="parts")
    yield from offer(scene, chance, deal)
    mails.answer(
        scene, chance, email.key, scene.ledger.emails[email.key].owner or clerk, interest.slots, "parts"
    )
    return deal


def _asked(
    scene: Scene,
    chance: Chance,
    prospect: Prospect,
    contact: Contact,
    interest: Interest,
    clerk: str,
    channel: str,
) -> Steps[Deal]:
    turn = Turn(clerk, chance.spread(5, 0.3), 0 if channel == "phone" else 4)
    yield turn
    yield turn.ends_at
    deal = Deal.opened(scene, chance, prospect, contact, interest, turn.who, source=channel, pipeline="parts")
    yield from offer(scene, chance, deal)
    return deal


def offer(scene: Scene, chance: Chance, deal: Deal) -> Steps[None]:
    """Write the offer."""
    who = yield from work(
        scene,
        "parts_offer",
        owner=deal.owner,
        minutes=chance.spread(17, 0.35),
        priority=4,
        about=deal.key,
        account=deal.prospect.key,
        contact=deal.contact.key,
        what=deal.what(),
        outcome="sent",
    )
    deal.move(scene, "offer", who)


def decide(scene: Scene, chance: Chance, deal: Deal, *, sure: bool) -> Steps[None]:
    """The customer orders or not; what is ordered leaves the store."""
    yield scene.after(chance.spread(0.6 if sure else 2.5, 0.6))
    buys = chance.hit(0.93 if sure else BOUGHT - 0.05 * deal.prospect.annoyance)
    turn = Turn(deal.owner, chance.spread(5, 0.3), 5)
    yield turn
    yield turn.ends_at
    if not buys:
        deal.lose(
            scene, chance, turn.who, chance.pick(("price", "price", "delivery", "competitor", "cancelled"))
        )
        return
    deal.move(scene, "order", turn.who)
    deal.win(scene, turn.who)
    deal.prospect.last_seen = scene.loop.now
    yield from _pick(scene, chance, deal.key, deal.prospect, turn.who, deal.interest.product)


def _pick(scene: Scene, chance: Chance, about: str, prospect: Prospect, by: str, part: Product) -> Steps[str]:
    store = scene.roster.least_busy(scene.roster.members("parts-store"), chance)
    key = plan(
        scene, "parts_picking", owner=store, by=by, about=about, account=prospect.key, what=part.name_zh
    )
    slots = {"part": part.name_zh}
    return (
        yield from perform(
            scene, key, chance.spread(16, 0.4), 4, "done", lambda: note(scene, chance, store, "picked", slots)
        )
    )


def fetch_part(scene: Scene, chance: Chance, ticket: Ticket, by: str) -> Steps[None]:
    """A repair needs a part: the store sends it to the technician, some have to be made first."""
    family = ticket.product.skill
    fitting = [part for part in scene.by_family["spare-parts"] if part.skill == family]
    yield from _pick(scene, chance, ticket.key, ticket.prospect, by, fitting[0])
    yield scene.after(chance.spread(2.2 if chance.hit(0.8) else 8, 0.4))
    turn = Turn(by, 4, ticket.urgency)
    yield turn
    yield turn.ends_at
