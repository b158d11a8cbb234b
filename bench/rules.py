"""What rules cost: a rule that does not match, against asking each; a stream of events; a soak with killed workers.

    ./kinflow bench rules [--rules N] [--rate N] [--seconds N] [--kill-every N] [--share N] [--together N]

`miss`: microseconds for each rule that an event does not concern, by the index and by asking each rule's condition.
`stream`: so many events a second against so many rules while a worker follows the log; every `share`-th event meets one
rule, whose step makes a record; `together` events come in one commit, as imports and integrations send them. From commit
to effect is the time between the two entries in the log, which is a little more. `cpu`: what each process spent.
`soak`: the same stream while workers are killed every few seconds ends with the same effects: each cause once.
Last line: one JSON object.
"""

import argparse
import json
import signal
import statistics
import time
from typing import Any

from bench._company import prepare
from bench._processor import Spent
from bench._rules_world import found, stir_many
from bench._workers import kill_worker, start_worker, until_listening

LIMITS = {"p95_seconds": 1.0, "miss_microseconds": 10.0}


def main() -> None:
    """Measure all three, and print them as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rules", type=int, default=1000)
    parser.add_argument("--rate", type=int, default=500, help="events a second")
    parser.add_argument("--seconds", type=int, default=300, help="of the stream")
    parser.add_argument("--soak-seconds", type=int, default=60)
    parser.add_argument("--kill-every", type=float, default=4.0, help="seconds between two kills")
    parser.add_argument("--share", type=int, default=20, help="every so many-th event meets a rule")
    parser.add_argument("--together", type=int, default=25, help="events in one commit")
    parser.add_argument("--workers", type=int, default=1, help="that follow the log in the stream")
    options = parser.parse_args()
    prepare()
    rules, leads = found(options.rules, 800)
    told: dict[str, Any] = {"bench": "rules", "rules": len(rules), "miss": miss(leads[0], len(rules))}
    told["stream"] = stream(leads, options, options.seconds, kill_every=0)
    told["soak"] = stream(leads, options, options.soak_seconds, kill_every=options.kill_every)
    broken = [part for part in ("stream", "soak") if told[part]["missing"] or told[part]["twice"]]
    broken += ["p95"] * (told["stream"]["p95_seconds"] > LIMITS["p95_seconds"])
    broken += ["miss"] * (told["miss"]["index_us"] > LIMITS["miss_microseconds"])
    print(json.dumps({**told, "limits": LIMITS, "broken": broken}))


def miss(lead: Any, rules: int) -> dict[str, float]:
    """Microseconds for each rule that does not match: looked up in the index, and asked one after the other."""
    from django.utils import timezone

    from kinflow.automation.rules.live import index

    lead.source_detail, now = "nowhere", timezone.now()
    asked = index().by_event["sales.lead_changed"]["lead"]
    every = list(index().rules.values())

    def median(work: Any, turns: int) -> float:
        times = []
        for _turn in range(turns):
            begun = time.perf_counter()
            assert not work()
            times.append(time.perf_counter() - begun)
        return 1e6 * statistics.median(times) / rules

    by_index = median(lambda: list(asked.fitting(lead)), 200)
    by_each = median(lambda: [live for live in every if live.holds(lead, now)], 5)
    print(
        f"a rule that does not match: {by_index:.4f} µs by the index, {by_each:.2f} µs asked each", flush=True
    )
    return {
        "index_us": round(by_index, 4),
        "each_us": round(by_each, 2),
        "times": round(by_each / by_index, 1),
    }


def stream(leads: list[Any], options: Any, seconds: int, *, kill_every: float) -> dict[str, Any]:
    """Send events at the rate while workers follow; what was done, how fast, and whether all of it once."""
    from kinflow.eventlog.models import Entry

    first = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    workers = [start_worker() for _ in range(2 if kill_every else options.workers)]
    until_listening(workers)
    wanted = sent = killed = 0
    begun = next_kill = time.monotonic()
    memory, spent = [_resident(workers[0].pid)], Spent(workers)
    while time.monotonic() - begun < seconds:
        wanted += stir_many(leads, sent, options.together, rules=options.rules, share=options.share)
        sent += options.together
        ahead = begun + sent / options.rate - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        if kill_every and time.monotonic() - next_kill > kill_every:
            place = killed % len(workers)
            kill_worker(workers[place])
            workers[place] = start_worker()
            killed, next_kill = killed + 1, time.monotonic()
    lasted = time.monotonic() - begun
    told_cpu = {} if kill_every else spent.told(lasted, sent)
    _until_done(first, wanted)
    memory.append(_resident(workers[0].pid))
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    told = {
        "events": sent,
        "rate": round(sent / lasted),
        "wanted": wanted,
        "killed": killed,
        **_effects(first, wanted),
    }
    told["worker_mb"], told["cpu"] = memory, told_cpu
    print(("soak: " if kill_every else "stream: ") + json.dumps(told), flush=True)
    return told


def _until_done(first: int, wanted: int) -> None:
    """Wait until all effects are there, at most two minutes."""
    from kinflow.eventlog.models import Entry

    deadline = time.monotonic() + 120
    made = Entry.objects.filter(pk__gt=first, name="customers.activity_planned", actor_kind="rule")
    while made.count() < wanted and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(3)  # what would be done twice has time to be


def _effects(first: int, wanted: int) -> dict[str, Any]:
    """How many effects there are, how many are missing or there twice, and how long they took."""
    from kinflow.eventlog.models import Entry

    made = Entry.objects.filter(pk__gt=first, name="customers.activity_planned", actor_kind="rule")
    pairs = list(made.values_list("caused_by", "at"))
    causes = dict(Entry.objects.filter(pk__in=[cause for cause, _at in pairs]).values_list("pk", "at"))
    times = sorted((at - causes[cause]).total_seconds() for cause, at in pairs)
    return {
        "effects": len(pairs),
        "missing": max(0, wanted - len(causes)),
        "twice": len(pairs) - len(causes),
        "median_seconds": round(times[len(times) // 2], 3) if times else 0.0,
        "p95_seconds": round(times[int(len(times) * 0.95)], 3) if times else 0.0,
        "worst_seconds": round(times[-1], 3) if times else 0.0,
    }


def _resident(pid: int) -> int:
    """Megabytes of a process that are in memory now."""
    with open(f"/proc/{pid}/status") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
