"""Territories at many accounts: working all out, a plan, applying it, following a changed fact.

    ./kinflow bench territories [--accounts N] [--territories N] [--changes N]

`all_seconds`: the territories of all accounts, worked out the first time. `again_seconds`: the same where nothing moved.
`plan_seconds`: what another rank of one territory would move; `apply_seconds`: moving it, each account with its event.
`change_ms`: following one changed fact, in batches as a worker reads them. `one_by_one_seconds`: what working out all
accounts would take one by one (from a sample). Last line: one JSON object.
"""

import argparse
import json
import random
from typing import Any

from bench._company import CHUNK, prepare
from bench._measuring import most_resident, timed

LIMIT_SECONDS = 10.0
SAMPLE = 100


def main() -> None:
    """Measure, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--territories", type=int, default=50)
    parser.add_argument("--changes", type=int, default=500)
    options = parser.parse_args()
    prepare()
    made = grow(options.accounts)
    last = divide(options.territories)
    told: dict[str, Any] = {"bench": "territories", "accounts": made, "territories": options.territories}
    told |= measured(last)
    told |= {"change_ms": change_ms(options.changes), "one_by_one_seconds": one_by_one(made)}
    told["memory_mb"] = most_resident()
    slow = [name for name in ("all_seconds", "plan_seconds", "apply_seconds") if told[name] > LIMIT_SECONDS]
    print(json.dumps({**told, "limit_seconds": LIMIT_SECONDS, "broken": slow}))


def grow(count: int) -> int:
    """So many accounts over all provinces and industries."""
    from django.db import connection

    from kinflow.customers.accounts.events import AccountAdded
    from kinflow.customers.accounts.models import Account
    from kinflow.customers.accounts.rules import INDUSTRIES
    from kinflow.eventlog import SYSTEM, action
    from kinflow.eventlog.bulk import insert, record_many
    from kinflow.kit.place_words import provinces

    chance = random.Random(2024)
    places, industries = [names[0] for names in provinces().values()], [code for code, _words in INDUSTRIES]

    def take_in(*, by: Any, size: int) -> None:
        rows = insert(
            [
                Account(
                    name=f"公司{n}",
                    key=f"公司{n}",
                    country="CN",
                    province=chance.choice(places),
                    industry=chance.choice(industries),
                    employees=chance.randrange(5000),
                )
                for n in range(size)
            ]
        )
        record_many((AccountAdded(account=row, life_stage=row.life_stage), None) for row in rows)

    take_in.__module__ = "kinflow.customers.bench"
    for begin in range(0, count, CHUNK):
        action(take_in)(by=SYSTEM, size=min(CHUNK, count - begin))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Account.objects.count()


def divide(count: int) -> int:
    """So many territories: the provinces, then industries by size; the number of the last one."""
    from kinflow.customers.accounts.rules import INDUSTRIES
    from kinflow.eventlog import SYSTEM
    from kinflow.kit.place_words import provinces
    from kinflow.organisation.skills.actions import add_territory
    from kinflow.sales.territories.plans import apply_territory_plan, propose_territory_plan

    codes = [f"CN-{code}" for code in provinces()][:count]
    for code in codes:
        add_territory(name=code, places=(code,), by=SYSTEM)
    changes = {}
    for n in range(count - len(codes)):
        industry = {"field": "industry", "op": "is", "value": INDUSTRIES[n % len(INDUSTRIES)][0]}
        size = {"field": "employees", "op": "at_least", "value": 1000 + 500 * (n // len(INDUSTRIES))}
        made = add_territory(name=f"Industry {n}", by=SYSTEM)
        changes[made.pk] = {"condition": {"all": [industry, size]}, "rank": 6}
    if changes:
        apply_territory_plan(plan=propose_territory_plan(changes=changes, by=SYSTEM), by=SYSTEM)
    return made.pk if changes else 0


def measured(last: int) -> dict[str, Any]:
    """Seconds of working all out, of a plan for the last territory, and of applying it."""
    from kinflow.eventlog import SYSTEM, action
    from kinflow.eventlog.recorded import permitted_command
    from kinflow.sales.models import AccountTerritory
    from kinflow.sales.territories.keeping import settle_all
    from kinflow.sales.territories.plans import apply_territory_plan, propose_territory_plan

    def forget(*, by: Any) -> None:
        from django.db import connection

        command = permitted_command(AccountTerritory)
        with command.writes_rows(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {AccountTerritory._meta.db_table}")  # noqa: S608
        command.tables.add(AccountTerritory._meta.db_table)

    forget.__module__ = "kinflow.sales.bench"
    action(forget)(by=SYSTEM)
    moved, first = timed(lambda: settle_all(by=SYSTEM))
    _none, again = timed(lambda: settle_all(by=SYSTEM))
    changes = {last: {"rank": 1}}
    plan, planning = timed(lambda: propose_territory_plan(changes=changes, by=SYSTEM))
    plan, applying = timed(lambda: apply_territory_plan(plan=plan, by=SYSTEM))
    return {
        "placed": moved,
        "all_seconds": round(first, 2),
        "again_seconds": round(again, 2),
        "plan_seconds": round(planning, 2),
        "apply_seconds": round(applying, 2),
        "moved": plan.figures["moved"],
    }


def change_ms(changes: int) -> float:
    """Milliseconds of following one changed fact."""
    from django.utils import timezone

    from kinflow.customers.accounts.actions import change_account
    from kinflow.customers.accounts.models import Account
    from kinflow.eventlog import SYSTEM
    from kinflow.eventlog.readers import catch_up, readers

    def work() -> None:
        while catch_up(readers["territories"], timezone.now()):
            pass

    work()
    for turn, account in enumerate(Account.objects.order_by("pk")[:changes]):
        change_account(account=account, changes={"province": ("浙江", "江苏", "广东")[turn % 3]}, by=SYSTEM)
    return round(1000 * timed(work)[1] / changes, 3)


def one_by_one(count: int) -> float:
    """Seconds that all accounts would take one by one."""
    from kinflow.customers.accounts.models import Account
    from kinflow.sales.territories.claims import fresh_claims

    ids = list(Account.objects.order_by("pk").values_list("pk", flat=True)[:SAMPLE])
    return round(timed(lambda: [fresh_claims([pk]) for pk in ids])[1] * count / len(ids), 1)


if __name__ == "__main__":
    main()
