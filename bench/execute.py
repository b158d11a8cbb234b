"""What it costs to run processes: by us, moved in batches with their events, and by SpiffWorkflow, saved as JSON.

    ./kinflow bench execute [--instances N] [--theirs N] [--rounds N] [--waiting 1000,100000] [--soak N] [--kill-every N]

`rate`: instances a second of a process of six messages, two of them side by side, with a choice; in turns. Ours are rows
in PostgreSQL, and the log tells of each step: instances start many in a transaction, then the messages of all of them
come into the log (which is not counted), and the reader of the log takes them up as a worker does, up to 1,000 in a
transaction. SpiffWorkflow's state is restored from JSON before each message and saved after it, one instance after the
other, since it has no way to move many; in memory, without a database. `ratio` is our rate by theirs, the median of the
rounds; `commit_ratio` where each state of theirs is written to a row in PostgreSQL, too, in a transaction of its own,
without a log. `queries`: what it asks to move one instance by itself, with nothing to share.
`soak`: timers that are due at once, and messages, while workers are killed: each step once.
`waiting`: the same rate while so many instances wait for the clock, and while ever more do. Last line: one JSON object.
"""

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench._company import prepare
from bench._execution import WAITS, found, let_wait, send_messages, start_many
from bench._processor import Stopwatch
from bench._spiff import Theirs
from bench._workers import kill_worker, start_worker, until_listening

GOALS = {"ratio": 10.0, "waiting": 0.9}


def main() -> None:
    """Measure all three, and print them as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--instances", type=int, default=1_000, help="of ours in one round")
    parser.add_argument("--theirs", type=int, default=40, help="of SpiffWorkflow in one round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--waiting", default="1000,100000", help="so many instances wait, one number after the other"
    )
    parser.add_argument("--soak", type=int, default=1_000, help="timers that are due; 0: none")
    parser.add_argument("--kill-every", type=float, default=4.0, help="seconds between two kills")
    options = parser.parse_args()
    prepare()
    measured, timed, leads = found(options.instances)
    ours, theirs, kept = Ours(measured, leads), Theirs(), Theirs(in_database=True)
    gc.collect()
    gc.freeze()  # as workers do
    told: dict[str, Any] = {"bench": "execute", "rate": rate(ours, theirs, kept, options)}
    told["soak"] = soak(timed, leads, options) if options.soak else {}
    told["waiting"] = waiting(ours, timed, leads[0], options)
    broken = [] if told["rate"]["ratio"] >= GOALS["ratio"] else ["ratio"]
    broken += [] if told["waiting"]["against_first"] >= GOALS["waiting"] else ["waiting"]
    broken += [part for part in ("lost", "twice") if told["soak"].get(part)]
    print(json.dumps({**told, "goals": GOALS, "broken": broken}))


class Ours:
    """Instances by our engine, as a worker moves them: messages wait in the log, and are followed many at a time."""

    def __init__(self, design: Any, leads: list[Any]) -> None:
        from kinflow.organisation.users.actors import actor_of_person

        self.design, self.leads = design, leads
        self.by = actor_of_person(design.owner)
        self.follow()

    def follow(self) -> None:
        """Take up all messages that are in the log."""
        from django.utils import timezone

        from kinflow.eventlog.readers import catch_up, readers
        from kinflow.processes.execution.following import NAME

        while catch_up(readers[NAME], timezone.now()):
            pass

    def start(self) -> Any:
        """One new instance."""
        return start_many(self.design, self.leads[:1], self.by)[0]

    def step(self, instance: Any, wait: str) -> None:
        """One message is there for one instance."""
        from kinflow.eventlog import SYSTEM
        from kinflow.processes.execution.going_on import Happened, go_on

        token = instance.tokens.get(node=wait).number
        assert go_on(happenings=[Happened(instance.pk, token)], by=SYSTEM), wait

    def run(self) -> Stopwatch:
        """An instance for each lead, from start to end; what it takes, without writing the messages."""
        from kinflow.processes.execution.models import ProcessInstance

        watch = Stopwatch()
        with watch.running():
            made = start_many(self.design, self.leads, self.by)
        for wait in WAITS:
            send_messages(wait, self.leads)
            with watch.running():
                self.follow()
        ids = [instance.pk for instance in made]
        assert ProcessInstance.objects.filter(pk__in=ids, state="done").count() == len(ids)
        return watch

    def size(self) -> int:
        """Bytes of the rows of an instance of which two messages are waited for."""
        from django.db import connection

        instance = self.start()
        self.step(instance, WAITS[0])
        total = 0
        with connection.cursor() as sql:
            for table, key in (
                ("processinstance", "id"),
                ("processtoken", "instance_id"),
                ("processwait", "instance_id"),
            ):
                sql.execute(
                    f"SELECT coalesce(sum(pg_column_size(t.*)), 0) FROM processes_{table} t WHERE {key} = %s",
                    [instance.pk],
                )
                total += int(sql.fetchone()[0])
        return total

    def queries(self) -> dict[str, int]:
        """How many queries it asks to move one instance by itself."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        told = {}
        with CaptureQueriesContext(connection) as asked:
            instance = self.start()
        told["start"] = len(asked)
        for wait in WAITS:
            with CaptureQueriesContext(connection) as asked:
                self.step(instance, wait)
            told[wait] = len(asked) - 1  # without the one that looks where its token is
        return told


def rate(ours: Ours, theirs: Theirs, kept: Theirs, options: Any) -> dict[str, Any]:
    """Instances a second, in turns, and what an instance takes; `processor_ms` of all processes, the database's too."""
    runs: dict[str, tuple[int, Callable[[], Stopwatch]]] = {
        "ours": (len(ours.leads), ours.run),
        "spiff": (options.theirs, lambda: _run(theirs.run, options.theirs)),
        "spiff_kept": (options.theirs, lambda: _run(kept.run, options.theirs)),
    }
    rates: dict[str, list[float]] = {name: [] for name in runs}
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for _round in range(options.rounds):
        for name, (count, run) in runs.items():
            watch = run()
            rates[name].append(count / watch.seconds)
            spent[name].append(1000 * watch.processor / count)
    told: dict[str, Any] = {
        f"{name}_a_second": round(statistics.median(each), 1) for name, each in rates.items()
    }
    for name, other in (("ratio", "spiff"), ("commit_ratio", "spiff_kept")):
        each = [one / two for one, two in zip(rates["ours"], rates[other], strict=True)]
        told[name] = round(statistics.median(each), 3)
        each = [two / one for one, two in zip(spent["ours"], spent[other], strict=True)]
        told[f"processor_{name}"] = round(statistics.median(each), 3)
    told["processor_ms"] = {name: round(statistics.median(each), 2) for name, each in spent.items()}
    told |= {"bytes": ours.size(), "spiff_bytes": theirs.size(), "queries": ours.queries()}
    print("rate: " + json.dumps(told), flush=True)
    return told


def _run(run: Callable[[int], None], count: int) -> Stopwatch:
    watch = Stopwatch()
    with watch.running():
        run(count)
    return watch


def waiting(ours: Ours, design: Any, lead: Any, options: Any) -> dict[str, Any]:
    """The rate while ever more instances wait for a time that is far away; `against_first` is the last by the first."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    rates: dict[int, float] = {}
    spent: dict[int, float] = {}
    there = 0
    for wanted in sorted(int(count) for count in options.waiting.split(",")):
        let_wait(design, [lead], wanted - there, timezone.now() + timedelta(days=365))
        there = wanted
        with connection.cursor() as sql:
            # Else the server still writes those away, and counts them, while it is measured what it costs that they wait.
            sql.execute("VACUUM (ANALYZE)")
            sql.execute("CHECKPOINT")
        laps = [ours.run() for _ in range(options.rounds)]
        rates[wanted] = statistics.median(len(ours.leads) / lap.seconds for lap in laps)
        spent[wanted] = statistics.median(1000 * lap.processor / len(ours.leads) for lap in laps)
    counts = list(rates)
    told = {
        "rates": {str(count): round(found, 1) for count, found in rates.items()},
        "processor_ms": {str(count): round(found, 2) for count, found in spent.items()},
        "against_first": round(rates[counts[-1]] / rates[counts[0]], 3),
    }
    print("waiting: " + json.dumps(told), flush=True)
    return told


def soak(design: Any, leads: list[Any], options: Any) -> dict[str, Any]:
    """Timers that are due, then a message for each instance, while workers are killed: what was lost, what done twice."""
    from django.db.models import Count
    from django.utils import timezone

    from kinflow.eventlog.models import Mention
    from kinflow.processes.execution.models import ProcessInstance, ProcessToken

    workers = [start_worker() for _ in range(2)]
    until_listening(workers)
    ids = let_wait(design, leads, options.soak, timezone.now())
    moved = ProcessToken.objects.filter(instance_id__in=ids, node="sent")
    ended = ProcessInstance.objects.filter(pk__in=ids, state="done")
    killed, next_kill, deadline = 0, time.monotonic() + options.kill_every, time.monotonic() + 300
    done, before, is_sent = 0, 0, False
    while done < 2 * options.soak and time.monotonic() < deadline:
        time.sleep(0.2)
        done = moved.count() + 2 * ended.count()
        if done == options.soak and not is_sent:
            send_messages("ordered", leads)
            is_sent = True
        if time.monotonic() > next_kill and done > before:  # a busy machine may take longer to start one
            before = done
            kill_worker(workers[killed % 2])
            workers[killed % 2] = start_worker()
            killed, next_kill = killed + 1, time.monotonic() + options.kill_every
    time.sleep(2)  # what would be done twice has time to be
    for worker in workers:
        worker.terminate()
        worker.wait()
    steps = Mention.objects.filter(
        kind="processinstance", object_id__in=ids, entry__name="processes.process_step_done"
    )
    often = steps.values("object_id").annotate(times=Count("entry_id")).exclude(times=2)
    told = {
        "instances": options.soak,
        "killed": killed,
        "lost": options.soak - ended.count(),
        "twice": often.count() + ProcessToken.objects.filter(instance_id__in=ids).count(),
    }
    print("soak: " + json.dumps(told), flush=True)
    return told


if __name__ == "__main__":
    main()
