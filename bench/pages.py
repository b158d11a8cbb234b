"""How fast pages answer, against the bare SQL for the same rows, with one client and with eight.

A real web server runs on loopback beside its clients, on a company of 100,000 contacts, 100,000 leads and 300,000
events, then on one of a million contacts, 300,000 leads and three million events. Times are what a client sees.
Measured in turns: our page, its SQL, our page, …; medians over all turns. What begins with `api_` asks the API for
JSON, as Odoo's own clients ask Odoo; the others are whole pages of HTML, ready to be looked at.
"""

import argparse
import itertools
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import psutil
import psycopg

from bench._company import Company, prepare, signed_in, token_of
from bench._loads import LOADS, Load, Reach
from bench._wire import Wire

LEADS = {100_000: 100_000}
CLIENTS = (1, 8)
ODOO = {
    # what Odoo 19 answered on such a machine with 100,000 leads: a second with eight clients, milliseconds with one
    "list": (75, 27),
    "filter": (14, 91),
    "search": (72, 30),
    "record": (105, 22),
    "create": (27, 84),
    "update": (38, 25),
}
CSRF = "b" * 32
seeds = itertools.count(1)
"""No two clients ask for the same things, or an update would find its value there already."""


def main() -> None:
    """Measure each size, print a table, and all figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="100000,1000000", help="contacts, ascending")
    parser.add_argument("--seconds", type=float, default=1.5, help="for one turn of one kind of request")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--loads", default=",".join(load.name for load in LOADS))
    options = parser.parse_args()
    prepare()
    company = Company()
    company.found()
    keys = Keys(signed_in(company), token_of(company))
    wanted = [load for load in LOADS if load.name in options.loads.split(",")]
    told: dict[str, Any] = {
        "bench": "pages",
        "cores": os.cpu_count(),
        "others": os.getloadavg()[0],
        "sizes": {},
    }
    with web_server() as server:
        for size in map(int, options.sizes.split(",")):
            begun = time.monotonic()
            company.grow(size, LEADS.get(size, size * 3 // 10), 3 * size)
            print(f"{size:,} contacts, {company.leads:,} leads, {company.events:,} events", end=" ")
            print(f"put in within {time.monotonic() - begun:.0f} s", flush=True)
            told["sizes"][size] = measure(wanted, server, keys, options.seconds, options.rounds)
    told["deep_against_first"] = {
        size: round(rows["deep_page"]["p50"] / rows["list"]["p50"], 2)
        for size, rows in told["sizes"].items()
        if {"deep_page", "list"} <= rows.keys()
    }
    print(json.dumps(told))


@dataclass(frozen=True)
class Keys:
    """What lets a client in: a browser's session, a program's token."""

    session: str
    token: str


@dataclass(frozen=True)
class WebServer:
    """A running web server."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """The processor time that it has used until now, in all its processes."""
        times = [each.cpu_times() for each in (self.process, *self.process.children(recursive=True))]
        return sum(each.user + each.system for each in times)


@contextmanager
def web_server() -> Iterator[WebServer]:
    """The web server as `./kinflow serve` runs it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    unlimited = dict.fromkeys(("KINFLOW_API_PER_CALLER", "KINFLOW_API_PER_ADDRESS"), str(10**9))
    environment = os.environ | unlimited | {"KINFLOW_PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "-m", "config.commands.child", "web"],
        env=environment,
        stdin=subprocess.PIPE,  # breaks when this process is gone
    )
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert server.poll() is None, "the web server does not start"
                time.sleep(0.1)
        yield WebServer(port, psutil.Process(server.pid))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def reach() -> Reach:
    """The ids there are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM sales_lead")
        leads = cursor.fetchone()
        cursor.execute("SELECT min(id), max(id) FROM customers_contact")
        return Reach(leads, cursor.fetchone())


def measure(
    loads: list[Load], server: "WebServer", keys: "Keys", seconds: float, rounds: int
) -> dict[str, Any]:
    """All figures of one size."""
    ids = reach()
    print(
        f"{'':10} {'p50':>7}{'p95':>8} ms {'SQL':>7} ms {'8 at once':>10}{'p95':>8} ms {'SQL':>8}/s", end=""
    )
    print(f"{'Odoo: alone':>13}{'at once':>9}")
    rows = {}
    for load in loads:
        found: dict[tuple[str, int], list[float]] = {}
        rates: dict[tuple[str, int], list[float]] = {}
        drive(lambda load=load: page_client(load, server.port, keys, ids), 4, seconds / 2)
        used = answered = 0.0
        for _turn in range(rounds):
            for clients in CLIENTS:
                for name, client in (("page", page_client), ("sql", sql_client)):
                    before = server.cpu_seconds()
                    times, rate = drive(partial(client, load, server.port, keys, ids), clients, seconds)
                    found.setdefault((name, clients), []).extend(times)
                    rates.setdefault((name, clients), []).append(rate)
                    if name == "page":
                        used, answered = used + server.cpu_seconds() - before, answered + len(times)
        rows[load.name] = row_of(load.like or load.name, found, rates) | {
            "web_cpu_ms": round(1000 * used / answered, 2)
        }
        show(load.name, rows[load.name])
    return rows


def row_of(like: str, found: dict[Any, list[float]], rates: dict[Any, list[float]]) -> dict[str, Any]:
    """The figures of one kind of request; times in milliseconds."""
    row: dict[str, Any] = {}
    for (kind, clients), times in found.items():
        prefix = "" if kind == "page" else "sql_"
        suffix = "" if clients == 1 else f"_{clients}"
        row[f"{prefix}p50{suffix}"] = round(1000 * statistics.median(times), 2)
        row[f"{prefix}p95{suffix}"] = round(1000 * statistics.quantiles(times, n=20)[-1], 2)
        row[f"{prefix}per_second{suffix}"] = round(statistics.median(rates[kind, clients]), 1)
    row["against_sql"] = round(row["p50"] / row["sql_p50"], 2)
    if like in ODOO:
        per_second, alone = ODOO[like]
        row["times_odoo_8"] = round(row["per_second_8"] / per_second, 1)
        row["times_odoo_1"] = round(alone / row["p50"], 1)
    return row


def show(name: str, row: dict[str, Any]) -> None:
    """One line of the table."""
    print(
        f"{name:10} {row['p50']:7.1f}{row['p95']:8.1f}    {row['sql_p50']:7.2f}    {row['per_second_8']:8.1f}/s"
        f"{row['p95_8']:8.1f}    {row['sql_per_second_8']:8.1f}  {row.get('times_odoo_1', '–'):>11}×"
        f"{row.get('times_odoo_8', '–'):>8}×",
        flush=True,
    )


def drive(make: Callable[[], Callable[[], None]], clients: int, seconds: float) -> tuple[list[float], float]:
    """Let so many clients ask without a pause; each answer's time in seconds, and answers a second."""
    times: list[list[float]] = [[] for _ in range(clients)]
    failures: list[BaseException] = []
    ready = threading.Barrier(clients + 1)

    def ask(number: int) -> None:
        try:
            client = make()
            client()  # connects
        except BaseException as error:
            failures.append(error)
            ready.abort()
            return
        ready.wait()
        end = time.perf_counter() + seconds
        try:
            while (begun := time.perf_counter()) < end:
                client()
                times[number].append(time.perf_counter() - begun)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask, args=[number]) for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        ready.wait()
    except threading.BrokenBarrierError:
        raise failures[0] from None
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    every = [t for own in times for t in own]
    return every, len(every) / (time.perf_counter() - begun)


def page_client(load: Load, port: int, keys: Keys, ids: Reach) -> Callable[[], None]:
    """A browser that asks for pages over one connection."""
    wire, chance = Wire(port), random.Random(next(seeds))
    headers = {
        "Cookie": f"kinflow_session={keys.session}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
        "HX-Request": "true",
        "HX-Boosted": "true",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "text/html",
    }
    if load.name.startswith("api_"):
        headers = {"Authorization": f"Bearer {keys.token}", "Content-Type": "application/json"}

    def ask() -> None:
        method, path, body = load.request(chance, ids)
        own = headers if method == "GET" else {k: v for k, v in headers.items() if k != "HX-Boosted"}
        status, text = wire.ask(method, path, own, body)
        if status not in (200, 201, 204):
            raise RuntimeError(f"{method} {path}: {status} {text[:800].decode()}")

    return ask


def sql_client(load: Load, port: int, keys: Keys, ids: Reach) -> Callable[[], None]:
    """A program that asks the database for the same rows and does nothing with them."""
    from django.db import connection

    given = connection.get_connection_params()
    kept = {k: given[k] for k in ("dbname", "user", "password", "host", "port") if given.get(k)}
    wire, chance = psycopg.connect(**kept, autocommit=True), random.Random(next(seeds))
    wire.execute("SELECT set_config('kinflow.command', 'bench', false)")
    cursor = wire.cursor()

    def ask() -> None:
        load.sql(chance, ids, cursor)

    return ask


if __name__ == "__main__":
    main()
