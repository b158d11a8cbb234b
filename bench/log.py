"""What the log costs: an action with its event against the same rows by plain Django; bulk against raw COPY.

Measured in turns in one process: plain, action, plain, …; medians of all turns. `plain` saves the very same rows (the
record, the entry, what it mentions) with Django's own `save` in one transaction, without any of the house's laws.
`COPY` sends the very same bytes, made beforehand, into the same tables with the same indexes and keys.
"""

import argparse
import io
import json
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench._company import prepare

LIMITS = {"action_to_plain": 1.5, "bulk_of_copy": 0.5}
TABLES = (("organisation_skill", "id"), ("eventlog_entry", "id"), ("eventlog_mention", "entry_id"))


def main() -> None:
    """Measure both, and print them as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--actions", type=int, default=300, help="in one turn")
    parser.add_argument("--rows", type=int, default=50_000, help="of one bulk write")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    prepare()
    single = measure_single(options.actions, options.rounds)
    bulk = measure_bulk(options.rows, options.rounds)
    figures = {"action_to_plain": single["ratio"], "bulk_of_copy": bulk["ratio"]}
    broken = [
        name
        for name, limit in LIMITS.items()
        if (figures[name] > limit if name == "action_to_plain" else figures[name] < limit)
    ]
    print(json.dumps({"bench": "log", "single": single, "bulk": bulk, "limits": LIMITS, "broken": broken}))


def turns(rounds: int, *contestants: Callable[[], float]) -> list[list[float]]:
    """Seconds of each contestant in each round, one after the other; the first round warms up."""
    found = [[contestant() for contestant in contestants] for _ in range(rounds + 1)]
    return [list(times) for times in zip(*found[1:], strict=True)]


def measure_single(actions: int, rounds: int) -> dict[str, Any]:
    """Milliseconds for one action with its event, and for the same rows by plain Django."""
    plain, ours = turns(rounds, lambda: save_plainly(actions), lambda: act(actions))
    ratios = [b / a for a, b in zip(plain, ours, strict=True)]
    told = {
        "plain_ms": round(1000 * statistics.median(plain) / actions, 3),
        "action_ms": round(1000 * statistics.median(ours) / actions, 3),
        "ratio": round(statistics.median(ratios), 2),
        "ratios": [round(min(ratios), 2), round(max(ratios), 2)],
    }
    print(f"one action with its event {told['action_ms']} ms, plain Django {told['plain_ms']} ms:", end=" ")
    print(f"{told['ratio']} times", flush=True)
    return told


def act(count: int) -> float:
    """Add a skill by an action that does nothing else, so many times."""
    from kinflow.eventlog import SYSTEM, action, record
    from kinflow.organisation.models import Skill
    from kinflow.organisation.skills.events import SkillAdded

    def add_skill(*, code: str, by: Any) -> None:
        skill = Skill(code=code, name="Sealing")
        skill.save()
        record(SkillAdded(skill=skill, code=code))

    add_skill.__module__ = "kinflow.organisation.bench"
    run: Any = action(add_skill)
    begun = time.perf_counter()
    for _ in range(count):
        run(code=f"a{uuid.uuid4().hex[:12]}", by=SYSTEM)
    return time.perf_counter() - begun


def save_plainly(count: int) -> float:
    """Write the same rows as the action does, each with Django's own save."""
    from django.db import connection, models, transaction

    from kinflow.eventlog.models import Entry, Mention
    from kinflow.organisation.models import Skill

    with connection.cursor() as cursor:  # lets the guard of the table pass, as inside an action
        cursor.execute("SELECT set_config('kinflow.command', 'bench', false)")
    begun = time.perf_counter()
    for _ in range(count):
        with transaction.atomic():
            skill = Skill(code=f"p{uuid.uuid4().hex[:12]}", name="Sealing")
            models.Model.save(skill)
            entry = Entry(
                name="organisation.skill_added",
                actor_kind="system",
                actor_id="kinflow",
                actor_name="Kinflow",
                command="organisation.add_skill",
                command_id=uuid.uuid4(),
                data={"code": skill.code},
            )
            models.Model.save(entry)
            models.Model.save(
                Mention(kind="skill", object_id=skill.pk, entry=entry, role="skill"), force_insert=True
            )
    seconds = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kinflow.command', '', false)")
    return seconds


def measure_bulk(rows: int, rounds: int) -> dict[str, Any]:
    """Rows a second of the bulk functions (each row with its event), and of COPY of the same bytes."""
    copied: list[tuple[str, bytes]] = []
    write(rows, lambda: copied.extend(dump(rows)))
    raw, ours = turns(rounds, lambda: copy(copied), lambda: write(rows))
    ratios = [a / b for a, b in zip(raw, ours, strict=True)]
    told = {
        "rows": rows,
        "megabytes": round(sum(len(text) for _table, text in copied) / 1e6, 1),
        "bulk_rows_per_second": round(rows / statistics.median(ours)),
        "copy_rows_per_second": round(rows / statistics.median(raw)),
        "ratio": round(statistics.median(ratios), 2),
        "ratios": [round(min(ratios), 2), round(max(ratios), 2)],
    }
    print(f"bulk {told['bulk_rows_per_second']:,} rows with events a second, COPY", end=" ")
    print(f"{told['copy_rows_per_second']:,}: {told['ratio']} of it", flush=True)
    return told


@contextmanager
def given_up() -> Iterator[None]:
    """A transaction whose rows are gone afterwards, so that every turn finds the tables as they were."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def write(count: int, afterwards: Callable[[], None] | None = None) -> float:
    """Write so many skills, each with its event, in one bulk action."""
    from kinflow.eventlog import SYSTEM, action
    from kinflow.eventlog.bulk import insert, record_many
    from kinflow.organisation.models import Skill
    from kinflow.organisation.skills.events import SkillAdded

    skills = [Skill(code=f"bulk{number}", name="Sealing") for number in range(count)]

    def add_skills(*, by: Any) -> None:
        insert(skills)
        record_many((SkillAdded(skill=skill, code=skill.code), None) for skill in skills)

    add_skills.__module__ = "kinflow.organisation.bench"
    run: Any = action(add_skills)
    with given_up():
        begun = time.perf_counter()
        run(by=SYSTEM)
        seconds = time.perf_counter() - begun
        if afterwards is not None:
            afterwards()
    return seconds


def dump(rows: int) -> list[tuple[str, bytes]]:
    """The newest rows of each table as COPY gives them."""
    from django.db import connection

    found = []
    for table, key in TABLES:
        out = io.BytesIO()
        newest = f"SELECT * FROM {table} ORDER BY {key} DESC LIMIT {rows}"  # noqa: S608
        with connection.cursor() as cursor, cursor.copy(f"COPY ({newest}) TO STDOUT") as source:
            for part in source:
                out.write(part)
        found.append((table, out.getvalue()))
    return found


def copy(copied: list[tuple[str, bytes]]) -> float:
    """Send the bytes into their tables."""
    from django.db import connection

    with given_up(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kinflow.command', 'bench', true)")
        begun = time.perf_counter()
        for table, text in copied:
            with cursor.copy(f"COPY {table} FROM STDIN") as target:
                target.write(text)
        return time.perf_counter() - begun


if __name__ == "__main__":
    main()
