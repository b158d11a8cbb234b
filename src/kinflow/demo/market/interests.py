"""What somebody is interested in: product, quantity and duty, said in the customer's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..company.facts import Product
from ..engine.chance import Chance
from ..words.needs import DUTIES, JUNK, MEDIA_EN, MEDIA_ZH, NEEDS, SITES_EN, SITES_ZH
from .prospects import Prospect

BY_SOURCE = {
    "web": 58,
    "search": 53,
    "fair": 46,
    "wecom": 55,
    "email": 58,
    "phone": 58,
    "partner": 61,
    "referral": 64,
}
BY_POTENTIAL = {"A": 18, "B": 10, "C": 2, "D": -7}
HOT = 70
"""From this score on a lead counts as hot."""


@dataclass(frozen=True, slots=True)
class Interest:
    """An interest; `slots` fill the phrases about it, `score` is how promising it looks (0 to 100)."""

    product: Product
    quantity: int
    slots: Mapping[str, Any]
    need: str
    language: str
    score: int

    @property
    def family(self) -> str:
        """The pump family it is about."""
        return self.product.skill

    @property
    def amount(self) -> float:
        """Its worth in CNY at list price."""
        return self.product.price * self.quantity

    @property
    def is_hot(self) -> bool:
        """Whether it is promising enough to be called at once."""
        return self.score >= HOT


def interest_of(
    chance: Chance, prospect: Prospect, by_family: Mapping[str, list[Product]], source: str, month: int
) -> Interest:
    """What a company wants this time."""
    family = chance.pick(prospect.families)
    size = min(3, int(abs(chance.gauss({"A": 2.1, "B": 1.5, "C": 0.9, "D": 0.5}[prospect.potential], 0.8))))
    product = by_family[family][size]
    quantity = _quantity(chance, product.price, prospect.potential)
    language = prospect.company.language
    slots = slots_of(chance, prospect, product, quantity, month, size)
    score = BY_SOURCE.get(source, 45) + BY_POTENTIAL[prospect.potential] + chance.gauss(0, 8)
    score += 6 if product.price * quantity > 250_000 else 0
    score += 6 if prospect.is_customer else 0
    said = NEEDS.get(language, NEEDS["en"])
    return Interest(product, quantity, slots, said.say(chance, slots), language, max(3, min(99, int(score))))


def _quantity(chance: Chance, price: float, potential: str) -> int:
    most = 16 if price < 10_000 else 6 if price < 60_000 else 3
    return 1 + int(chance.random() ** 1.6 * most * (2 if potential == "A" else 1))


def slots_of(
    chance: Chance, prospect: Prospect, product: Product, quantity: int, month: int, size: int | None = None
) -> dict[str, Any]:
    """The words that say what is pumped where, in the customer's language and (_zh, _en) in ours.

    `size` is the product's place in its family, from 0; without it the duty is any.
    """
    chinese, industry = prospect.company.language == "zh", prospect.company.industry
    flow, head = chance.pick(DUTIES[product.skill]) if size is None else DUTIES[product.skill][size]
    flow *= chance.uniform(0.85, 1.1)
    words: dict[str, Any] = {
        "product_zh": product.name_zh,
        "product_en": product.name,
        "medium_zh": chance.pick(MEDIA_ZH[product.skill].split("|")),
        "medium_en": chance.pick(MEDIA_EN[product.skill].split("|")),
        "site_zh": chance.pick(SITES_ZH[industry].split("|")),
        "site_en": chance.pick(SITES_EN[industry].split("|")),
    }
    for word in ("product", "medium", "site"):
        words[word] = words[f"{word}_zh" if chinese else f"{word}_en"]
    return {
        **words,
        "quantity": quantity,
        "flow": f"{flow:.2g}" if flow < 10 else round(flow),
        "head": round(head * chance.uniform(0.85, 1.1)),
        "month": (month + chance.randint(0, 3)) % 12 + 1 if chinese else chance.randint(2, 6),
        "company": prospect.company.name,
        "serial": serial_of(chance, product),
        "months": chance.randint(2, 40),
    }


def serial_of(chance: Chance, product: Product) -> str:
    """A serial number as it stands on the name plate: series, year and month, number."""
    series = "".join(letter for letter in product.code[:4] if letter.isalpha())
    return f"{series}{chance.randint(18, 24)}{chance.randint(1, 12):02}{chance.randint(1, 999):04}"


def junk(chance: Chance, language: str = "zh") -> str:
    """What somebody writes who will never buy a pump."""
    return JUNK[language].say(chance)
