"""Rows of the small world: drawn once from a seed, every value meeting every other sooner or later."""

from random import Random
from typing import Any

from .models import Account, Activity, Contact, Lead, Person, Product, Unit
from .values import DATES, DECIMALS, MOMENTS, NUMBERS, TAGS, TEXTS, TOPICS


def fill(seed: int = 7) -> None:
    """Fill the empty tables."""
    draw = Random(seed)

    def some(values: list[Any], *, gaps: float = 0.2) -> Any:
        return None if draw.random() < gaps else draw.choice(values)

    def subset(values: list[Any]) -> Any:
        return some([draw.sample(values, draw.randint(0, 3))])

    people = Person.objects.bulk_create([Person(pk=i, name=TEXTS[i]) for i in range(1, 5)])
    units = Unit.objects.bulk_create([Unit(pk=i, name=TEXTS[i]) for i in range(1, 4)])
    products = Product.objects.bulk_create(
        [Product(name=draw.choice(TEXTS), weight=some([0.1, 0.5, 19.9, 40.0])) for _ in range(6)]
    )
    accounts = Account.objects.bulk_create(
        Account(
            name=some([*TEXTS, ""]),
            industry=draw.choice(["", "water", "power", "food"]),
            revenue=some([d.quantize(DECIMALS[3].scaleb(-1)) for d in DECIMALS]),
            owner=some(people),
            unit=some(units),
            tags=subset(TAGS),
        )
        for _ in range(14)
    )
    contacts = Contact.objects.bulk_create(
        Contact(account=some(accounts), email=draw.choice([*TEXTS, ""]), born_on=some(DATES))
        for _ in range(30)
    )
    leads = Lead.objects.bulk_create(
        Lead(
            contact=some(contacts),
            owner=some(people),
            unit=some(units),
            title=some([*TEXTS, ""]),
            notes=draw.choice([*TEXTS, ""]),
            score=some(NUMBERS),
            price=some(DECIMALS),
            is_hot=some([True, False]),
            due_on=some(DATES),
            birthday=some(["", *(day.isoformat()[start:] for day in DATES for start in (0, 5))]),
            made_at=some(MOMENTS),
            stage=some([1, 2, 3]),
            topics=subset([*TOPICS, None]),
        )
        for _ in range(90)
    )
    Activity.objects.bulk_create(
        Activity(
            lead=some(leads), person=some(people), kind=draw.choice(["call", "visit"]), done_at=some(MOMENTS)
        )
        for _ in range(150)
    )
    for lead in leads:
        lead.products.set(draw.sample(products, draw.randint(0, 3)))
