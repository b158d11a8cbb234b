"""Scoring from records: a synthetic company in the database, its leads read, scored and given out."""

import argparse
import os
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
CHUNK = 2000
FAMILIES, PROVINCES = 8, ("CN-ZJ", "CN-JS", "CN-SH", "CN-GD", "CN-BJ", "CN-SD", "DE", "BR")
SIZES = ((3000, 80), (10_000, 1000))


def prepare() -> None:
    """Load Django and lay the tables out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def found_company(people: int, items: int, rng: np.random.Generator) -> list[int]:
    """Write people with skills, languages and territories, and unowned leads; returns the leads' ids."""
    from kinflow.eventlog import SYSTEM, action
    from kinflow.eventlog.bulk import insert

    def within(domain: str, rows: list[Any]) -> list[Any]:
        def write(*, by: Any) -> list[Any]:
            return insert(rows)

        write.__module__ = f"kinflow.{domain}.bench"
        write.__name__ = "found_rows"
        return unlogged(action(write))(by=SYSTEM)

    return _rows(people, items, rng, within)


def unlogged(write: Any) -> Any:
    """Let the company be put there without a history: only its reading is measured."""
    from kinflow.eventlog.command import Command

    def run(**given: Any) -> Any:
        kept, Command.silent = Command.silent, lambda _self: set()  # type: ignore[method-assign]
        try:
            return write(**given)
        finally:
            Command.silent = kept  # type: ignore[method-assign]

    return run


def _rows(people: int, items: int, rng: np.random.Generator, within: Any) -> list[int]:
    from kinflow.catalogue.products.models import Product
    from kinflow.customers.accounts.models import Account
    from kinflow.customers.contacts.models import Contact
    from kinflow.organisation.models import Capacity, LanguageSkill, Person, PersonSkill, Skill, Unit
    from kinflow.sales.leads.models import Lead

    mark = f"{people}-{items}"
    unit = within("organisation", [Unit(name=f"Bench {mark}", path="/1/")])[0]
    skills = within("organisation", [Skill(code=f"s{mark}-{n}", name=f"S{n}") for n in range(FAMILIES)])
    products = [Product(code=f"p{mark}-{n}", name="P", family=f"f{n}", skill=s) for n, s in enumerate(skills)]
    products = within("catalogue", products)
    staff = [
        Person(family_name=f"P{n}", unit=unit, roles=["representative"], seniority=int(rng.integers(1, 6)))
        for n in range(people)
    ]
    staff = within("organisation", staff)
    levels = rng.integers(0, 6, (people, FAMILIES))
    known = [(p, s) for p in range(people) for s in range(FAMILIES) if levels[p, s]]
    within(
        "organisation",
        [PersonSkill(person=staff[p], skill=skills[s], level=int(levels[p, s])) for p, s in known],
    )
    spoken = [LanguageSkill(person=p, language="zh", level=5) for p in staff]
    spoken += [LanguageSkill(person=p, language="en", level=int(rng.integers(1, 6))) for p in staff]
    within("organisation", spoken)
    room = max(1, round(1.2 * items / people))
    within("organisation", [Capacity(person=p, kind="lead", limit=room) for p in staff])
    keepers = rng.integers(0, 3 * people, items)
    accounts = [
        Account(name=f"A{n}", key=f"a{n}", grade="ABCD"[n % 4], owner=staff[k] if k < people else None)
        for n, k in enumerate(keepers)
    ]
    accounts = within("customers", accounts)
    contacts = within("customers", [Contact(family_name=f"C{n}", account=a) for n, a in enumerate(accounts)])
    places = rng.integers(0, len(PROVINCES), items)
    leads = [
        Lead(
            contact=contact,
            account=contact.account,
            product=products[n % FAMILIES],
            language=("zh", "zh", "zh", "en")[n % 4],
            country=PROVINCES[places[n]][:2],
            province=PROVINCES[places[n]],
        )
        for n, contact in enumerate(contacts)
    ]
    return [lead.pk for lead in within("sales", leads)]


def score_and_share(ids: list[int]) -> tuple[dict[str, float], NDArray[np.float64], NDArray[np.bool_], Any]:
    """Seconds for reading, scoring and giving out in chunks; the points, who was eligible, and the people's room."""
    from django.utils import timezone

    from kinflow.automation.assignments.evaluation import evaluate
    from kinflow.automation.assignments.sharing import share_out
    from kinflow.automation.assignments.situations import situation_of
    from kinflow.automation.scorings.drafts import read_draft
    from kinflow.automation.scorings.shipped import SHIPPED

    _words, criteria, eligibility = SHIPPED["lead"]
    draft = read_draft({"criteria": criteria, "eligibility": eligibility})
    seconds = dict.fromkeys(("reading", "scoring", "giving_out"), 0.0)
    points, eligible, room = [], [], None
    for at in range(0, len(ids), CHUNK):
        begun = time.perf_counter()
        situation = situation_of("lead", ids[at : at + CHUNK], timezone.now())[1]
        read = time.perf_counter()
        evaluation = evaluate(situation, draft)
        scored = time.perf_counter()
        first = situation.people.room() if room is None else room
        taken = share_out([evaluation], first)
        room = first - np.bincount(taken[taken >= 0], minlength=len(first))
        seconds["reading"] += read - begun
        seconds["scoring"] += scored - read
        seconds["giving_out"] += time.perf_counter() - scored
        points.append(evaluation.points)
        eligible.append(evaluation.eligible)
    return seconds, np.vstack(points), np.vstack(eligible), situation.people.room()


def records_section(_: argparse.Namespace) -> dict[str, Any]:
    """Time from records to who gets what, scoring included, and quality against the usual rules."""
    from bench.assign import quality_of
    from kinflow.organisation.matching import compile_ahead

    prepare()
    compile_ahead()
    told: dict[str, Any] = {}
    for items, people in SIZES:
        ids = found_company(people, items, np.random.default_rng(2024))
        seconds, points, eligible, room = score_and_share(ids)
        row: dict[str, Any] = {name: round(value, 3) for name, value in seconds.items()}
        row["total"] = round(sum(seconds.values()), 3)
        row["milliseconds_per_item"] = round(1000 * row["total"] / items, 3)
        if items == SIZES[0][0]:
            row["quality"] = quality_of(points, room, eligible)
        told[f"{items}x{people}"] = row
        print(f"{items}x{people} from records:", row, flush=True)
    return told


HISTORY = datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=8)))
"""When the demo company's history ends."""
LATEST = 500


def demo_section(options: argparse.Namespace) -> dict[str, Any]:
    """Quality against the usual rules on the demo company's latest leads and cases, given out anew as one batch."""
    prepare()
    from django.db import transaction

    from kinflow.demo.seeding.founding import found

    with transaction.atomic():
        found(2024, HISTORY, days=options.demo_days)
        told = {kind: quality_of_latest(kind) for kind in ("lead", "case")}
        transaction.set_rollback(True)  # the next section begins with empty tables
    for kind, row in told.items():
        print(f"demo, {row['items']} {kind}s for {row['people']} people:")
        for rule, values in row["quality"].items():
            print(f"  {rule:12}", *(f"{name} {value:>10}" for name, value in values.items()), flush=True)
    return told


def quality_of_latest(kind: str) -> dict[str, Any]:
    """How the optimum and the usual rules give out the latest items, by the scoring the product comes with.

    Everybody's room is what an even share of the items would be, and a fifth more.
    """
    from bench.assign import quality_of
    from kinflow.automation.assignments.evaluation import evaluate
    from kinflow.automation.assignments.situations import situation_of
    from kinflow.automation.scorings.drafts import read_draft
    from kinflow.automation.scorings.shipped import SHIPPED
    from kinflow.records.faces import registry

    _words, criteria, eligibility = SHIPPED[kind]
    draft = read_draft({"criteria": criteria, "eligibility": eligibility})
    ids = list(registry[kind].model._default_manager.order_by("-pk").values_list("pk", flat=True)[:LATEST])
    evaluation = evaluate(situation_of(kind, ids, HISTORY)[1], draft)
    able = evaluation.eligible.any(axis=0)
    points, eligible = evaluation.points[:, able], evaluation.eligible[:, able]
    room = np.full(int(able.sum()), max(1, round(1.2 * len(ids) / max(1, int(able.sum())))))
    return {"items": len(ids), "people": len(room), "quality": quality_of(points, room, eligible)}
