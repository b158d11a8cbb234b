"""From the quote to the order or the loss: questions, follow-up, negotiation, credit, contract review."""

from datetime import UTC, timedelta

from ..engine.chance import Chance
from ..engine.loop import Story, Turn
from ..scene import HOUR, Scene, Steps
from . import mails
from .activities import perform
from .aftermath import after_sale
from .approvals import discount_granted
from .credit import credit_is_good
from .deals import Deal
from .notes import note
from .talks import ask, look, priority_of, say, talk

REVIEW_DAYS, REVIEW_HOUR = (2, 5), 14
"""Contracts are reviewed on Tuesdays and Fridays from two o'clock on."""


def close(scene: Scene, chance: Chance, deal: Deal) -> Steps[None]:
    """What follows a quote, until the customer has decided."""
    days = chance.spread(9 if deal.interest.amount < 150_000 else 15, 0.5)
    decides_at = scene.after(days)
    if deal.contact.email and chance.hit(0.5):
        asks_at = scene.daytime(scene.after(days * chance.uniform(0.1, 0.5)))
        scene.loop.begin(_question(scene, chance, deal), asks_at)
    who = yield from _follow_up(scene, chance, deal, decides_at)
    if not chance.hit(deal.promise(scene, chance)):
        deal.lose(scene, chance, who, deal.reason_lost(chance))
        return
    deal.move(scene, "negotiate", who)
    yield from come_to_terms(scene, chance, deal, who)


def come_to_terms(scene: Scene, chance: Chance, deal: Deal, who: str) -> Steps[None]:
    """What follows when the customer wants to buy, until the contract is signed."""
    who = yield from _negotiate(scene, chance, deal, who)
    if scene.troubles.late_credit_check and not (yield from credit_is_good(scene, chance, deal, who)):
        return
    who = yield from look(scene, deal.owner, 5, priority_of(deal))
    yield from _review(scene, chance, deal, who)
    who = yield from look(scene, deal.owner, 6, priority_of(deal))
    deal.win(scene, who)
    scene.loop.begin(after_sale(scene, chance, deal, who))


def _follow_up(scene: Scene, chance: Chance, deal: Deal, decides_at: int) -> Steps[str]:
    """Call every few days until the customer has decided; returns who heard it."""
    key, due = deal.follow_up, deal.follow_up_at
    for _call in range(4):
        yield due - 2 * HOUR
        notes = say(scene, chance, deal, "followed_up")
        who = yield from perform(scene, key, chance.spread(11, 0.4), priority_of(deal), "done", notes)
        if scene.loop.now >= decides_at:
            return who
        due = max(scene.after(chance.spread(5, 0.3)), min(decides_at, scene.after(9)))
        key = ask(scene, deal, "follow_up", owner=scene.desks.holder(deal.owner), by=who, due=due)
    yield max(decides_at, due)
    return (
        yield from perform(
            scene,
            key,
            chance.spread(14, 0.4),
            priority_of(deal),
            "done",
            say(scene, chance, deal, "followed_up"),
        )
    )


def _question(scene: Scene, chance: Chance, deal: Deal) -> Story:
    """The customer writes back about the quote, and gets an answer."""
    if deal.record(scene).outcome != "open":
        return
    contact = scene.ledger.contacts[deal.contact.key]
    chinese = contact.language == "zh"
    subject = f"{'报价单' if chinese else 'Quotation'} {deal.number} {deal.interest.product.code}"
    to = scene.roster.people[scene.desks.holder(deal.owner)].email
    quoted = (
        f"{'报价单见附件，请查收。' if chinese else 'Please find our quotation attached.'}\n{deal.number}"
    )
    hours_ago = (scene.loop.now - deal.quoted_at) / HOUR
    letter = mails.Letter("question_on_quote", {"subject": subject}, to, quoted=quoted, hours_ago=hours_ago)
    email = mails.receive(scene, chance, contact, letter, product=deal.interest.product.key)
    mails.assign_email(scene, email, scene.desks.holder(deal.owner))
    turn = Turn(deal.owner, chance.spread(13, 0.4), priority_of(deal))
    yield turn
    yield turn.ends_at
    mails.answer(scene, chance, email.key, turn.who, deal.interest.slots, "question_on_quote")


def _negotiate(scene: Scene, chance: Chance, deal: Deal, who: str) -> Steps[str]:
    """Talk about price and terms, some of it in a meeting; now and then more discount is asked for."""
    yield scene.after(chance.spread(1.5, 0.5))
    meets = deal.interest.amount > 150_000 and deal.prospect.home
    who = yield from talk(
        scene, chance, deal, "negotiation", chance.spread(150 if meets else 35, 0.35), "negotiated"
    )
    if chance.hit(0.28):
        wanted = round(min(0.2, deal.discount + chance.uniform(0.01, 0.03)), 3)
        granted, who = yield from discount_granted(scene, chance, deal, wanted, who)
        deal.reprice(scene, max(granted, deal.discount), who)
        who = yield from look(scene, deal.owner, 6, priority_of(deal))
    return who


def _review(scene: Scene, chance: Chance, deal: Deal, who: str) -> Steps[None]:
    """The contract is reviewed, on the days when contracts are reviewed."""
    reviewer = scene.roster.members("contracts")[0]
    key = ask(scene, deal, "contract_review", owner=reviewer, by=who)
    if scene.troubles.batch_review:
        yield next_review(scene)
    yield from perform(
        scene,
        key,
        chance.spread(14, 0.4),
        priority_of(deal),
        "approved",
        lambda: note(scene, chance, reviewer, "reviewed", deal.interest.slots),
    )


def next_review(scene: Scene) -> int:
    """When the next batch of contracts is reviewed; what comes after ten o'clock that day misses it."""
    day = scene.local + timedelta(hours=24 - 10)
    while day.isoweekday() not in REVIEW_DAYS:
        day += timedelta(days=1)
    opens = day.replace(hour=REVIEW_HOUR, minute=0, second=0) - timedelta(hours=8)
    return int(opens.replace(tzinfo=UTC).timestamp())
