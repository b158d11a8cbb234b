"""A deal on its way: the opportunity's record, its amount, its stages, and how it may end."""

import math
from dataclasses import dataclass
from datetime import timedelta

from ..company.products import PIPELINES
from ..engine.chance import Chance, Weighted
from ..market.interests import Interest
from ..market.prospects import Prospect
from ..records import Contact, Opportunity
from ..scene import Scene
from . import customers
from .notes import note

EURO = ("DE", "ES", "IT", "NL", "PL", "TR")
RATES = {"CNY": 1.0, "USD": 7.15, "EUR": 7.8}
PROBABILITIES = {p.key: {code: probability for code, _en, _zh, probability in p.stages} for p in PIPELINES}
_LOST = Weighted(
    (("price", 40), ("competitor", 22), ("delivery", 12), ("quality", 8), ("cancelled", 14), ("other", 4))
)


@dataclass
class Deal:
    """A possible sale with what only its story knows."""

    key: str
    prospect: Prospect
    contact: Contact
    interest: Interest
    owner: str
    opened_at: int
    discount: float = 0.0
    waited_hours: float = 0.0
    quoted_after: float = 0.0
    number: str = ""
    quoted_at: int = 0
    follow_up: str = ""
    follow_up_at: int = 0

    @classmethod
    def opened(
        cls,
        scene: Scene,
        chance: Chance,
        prospect: Prospect,
        contact: Contact,
        interest: Interest,
        owner: str,
        *,
        source: str,
        pipeline: str = "project",
        cause: int | None = None,
    ) -> "Deal":
        """Open the opportunity, in its owner's hands."""
        ledger, stage = scene.ledger, next(iter(PROBABILITIES[pipeline]))
        record = ledger.opportunities.add(
            _record(scene, chance, prospect, contact, interest, owner, source, pipeline, stage)
        )
        subjects = {"opportunity": record.key, "account": prospect.key, "contact": contact.key}
        told = scene.tell(
            "opportunity_opened", owner, subjects, cause, amount=record.amount, currency=record.currency
        )
        scene.tell("opportunity_assigned", owner, subjects, told, person=owner, before=None, reason="")
        return cls(record.key, prospect, contact, interest, owner, scene.loop.now)

    def what(self, *, in_english: bool = False) -> str:
        """What is sold, in words for our own people."""
        product = self.interest.product
        return f"{product.name if in_english else product.name_zh} × {self.interest.quantity}"

    def record(self, scene: Scene) -> Opportunity:
        """The opportunity as it stands."""
        return scene.ledger.opportunities[self.key]

    def subjects(self) -> dict[str, str]:
        """What the deal's happenings mention."""
        return {"opportunity": self.key, "account": self.prospect.key}

    def move(self, scene: Scene, stage: str, by: str) -> None:
        """Take the deal to another stage."""
        before = self.record(scene)
        scene.ledger.opportunities.change(
            self.key,
            stage=stage,
            probability=PROBABILITIES[before.pipeline][stage],
            changed_at=scene.ledger.now,
        )
        scene.tell("opportunity_moved", by, self.subjects(), from_stage=before.stage, to_stage=stage)

    def reprice(self, scene: Scene, discount: float, by: str) -> None:
        """Change the discount, and with it the amount."""
        before = self.record(scene)
        if discount == before.discount:
            return
        amount = round(before.amount / (1 - before.discount) * (1 - discount), 2)
        self.discount = discount
        scene.ledger.opportunities.change(
            self.key, discount=discount, amount=amount, changed_at=scene.ledger.now
        )
        scene.tell(
            "opportunity_discounted",
            by,
            self.subjects(),
            before=before.discount,
            discount=discount,
            amount=amount,
            currency=before.currency,
        )

    def lose(self, scene: Scene, chance: Chance, by: str, reason: str) -> None:
        """The customer does not buy."""
        record = self._close(scene, "lost", 0, reason)
        kind = "credit_refused" if reason == "credit" else "lost"
        text = note(scene, chance, by, kind, self.interest.slots)
        scene.tell("opportunity_lost", by, self.subjects(), reason=reason, note=text)
        scene.roster.relieve(record.owner or by)

    def win(self, scene: Scene, by: str) -> None:
        """The customer buys, and is a customer from now on."""
        record, prospect = self._close(scene, "won", 100, ""), self.prospect
        told = scene.tell(
            "opportunity_won", by, self.subjects(), amount=record.amount, currency=record.currency
        )
        scene.roster.relieve(record.owner or by)
        prospect.is_customer, prospect.is_lost = True, False
        prospect.bought += record.amount * RATES[record.currency]
        customers.move_in_life(scene, prospect, "actual", told)
        customers.grade(scene, prospect, "process:grading")

    def _close(self, scene: Scene, outcome: str, probability: int, reason: str) -> Opportunity:
        now = scene.ledger.now
        return scene.ledger.opportunities.change(
            self.key, outcome=outcome, probability=probability, reason=reason, closed_at=now, changed_at=now
        )

    def promise(self, scene: Scene, chance: Chance) -> float:
        """How likely the customer buys: knowledge, speed, relation, language, seniority and price decide."""
        person = scene.roster.people[self.owner]
        knowledge = person.skills.get(self.interest.family, 0)
        z = 0.15 + 0.36 * (knowledge - 2.2) + 0.15 * (person.seniority - 2.5)
        z -= self.slowness()
        z += 0.7 if self.prospect.is_customer else 0
        z += 5 * (self.discount - 0.06) - 0.35 * self.prospect.annoyance
        z -= 0.9 if person.languages.get(self.contact.language, 0) < 3 else 0
        return 1 / (1 + math.exp(-(z + chance.gauss(0, 0.4))))

    def slowness(self) -> float:
        """How much the wait for us hurts: hours until the first call, working days until the quote."""
        return 0.08 * max(0.0, self.quoted_after - 6) + 0.012 * max(0.0, min(96, self.waited_hours) - 24)

    def reason_lost(self, chance: Chance) -> str:
        """Why a customer says they did not buy."""
        return "late" if chance.hit(min(0.75, self.slowness() * 0.8)) else _LOST.pick(chance)


def _record(
    scene: Scene,
    chance: Chance,
    prospect: Prospect,
    contact: Contact,
    interest: Interest,
    owner: str,
    source: str,
    pipeline: str,
    stage: str,
) -> Opportunity:
    company, now = prospect.company, scene.ledger.now
    currency = "CNY" if prospect.home else "EUR" if company.country in EURO else "USD"
    price = interest.amount * (1.0 if prospect.home else 1.12) / RATES[currency]
    english = scene.roster.writes_english(owner)
    product = interest.product.name if english else interest.product.name_zh
    return Opportunity(
        key=scene.ledger.opportunities.next_key(),
        name=f"{company.name} {product} × {interest.quantity}"[:300],
        account=prospect.key,
        contact=contact.key,
        product=interest.product.key,
        pipeline=pipeline,
        stage=stage,
        amount=round(price, 2),
        currency=currency,
        probability=PROBABILITIES[pipeline][stage],
        quantity=interest.quantity,
        source=source,
        industry=company.industry,
        country=company.country,
        province=company.province,
        place=company.place,
        created_at=now,
        closes_on=(now + timedelta(days=int(chance.spread(50 if pipeline == "project" else 10, 0.4)))).date(),
        owner=owner,
        assigned_at=now,
    )
