"""Logs whose right answers are known, since they were drawn from them."""

from dataclasses import replace

import numpy as np

from kinflow.processes.columns import EventColumns
from kinflow.processes.simulation.scenario import DAY, HOUR, WEEK
from tests.processes.given import labels, log_of

Row = tuple[str, str, float, str | None]
MONDAY = 2_870 * WEEK + 4 * DAY
"""A Monday 00:00 UTC in 2025, in microseconds."""


def office_log(weeks: int = 12, *, single: bool = False, people: bool = True, seed: int = 5) -> EventColumns:
    """Requests that come on working days from eight to four: looked at in 20 minutes on average by Ann or Bo, in three of
    ten cases checked for an hour by Cid (four of ten of big ones, one of ten of small ones, half of the cases each),
    answered in 10 minutes by Ann or Bo two open hours after."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    begun: list[float] = []
    sizes: list[str] = []
    monday = MONDAY / HOUR
    for day in (7 * week + day for week in range(weeks) for day in range(5)):
        for come in np.sort(draw.uniform(8, 16, draw.poisson(16))):
            case = f"case {len(sizes)}"
            sizes.append("big" if draw.random() < 0.5 else "small")
            at = monday + 24 * day + come
            at = _done(
                rows, begun, case, "Look", at, draw.exponential(1 / 3), str(draw.choice(["Ann", "Bo"]))
            )
            if draw.random() < (0.5 if sizes[-1] == "big" else 0.1):
                at = _done(rows, begun, case, "Check", at, draw.gamma(4, 0.25), "Cid")
            _done(
                rows, begun, case, "Answer", at + 2, draw.uniform(1, 19) / 60, str(draw.choice(["Ann", "Bo"]))
            )
    if not people:
        rows = [(case, step, hour, None) for case, step, hour, _who in rows]
    log = log_of(rows, begun=None if single else begun, attributes={"size": labels(*sizes)})
    return replace(log, begun_at=log.at) if single else log


def evening_log(weeks: int = 12, *, stops: bool, seed: int = 5) -> EventColumns:
    """Requests that come on working days from eight to five and take Ann 40 minutes; at five she finishes what she has
    begun or, where it `stops`, goes on with it at eight the next working day."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    begun: list[float] = []
    free = 0.0
    for day in (7 * week + day for week in range(weeks) for day in range(5)):
        opens, closes = MONDAY / HOUR + 24 * day + 8, MONDAY / HOUR + 24 * day + 17
        for number, come in enumerate(np.sort(draw.uniform(opens, closes, 9))):
            since = max(free, float(come), opens)
            if since >= closes:
                break
            begun.append(since)
            free = since + draw.uniform(35, 45) / 60
            if stops and free > closes:
                free += 15 + (48 if day % 7 == 4 else 0)
            rows.append((f"case {day:03} {number}", "Look", free, "Ann"))
    return log_of(rows, begun=begun)


def closing_log(cases: int = 300, *, seed: int = 5) -> EventColumns:
    """Tickets, one each four hours, answered within eight days at any time, closed exactly ten days after they came."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(cases):
        came, answered = MONDAY / HOUR + 4 * number, draw.uniform(1, 192)
        for step, hours in (("Come", 0.0), ("Answer", answered), ("Close", 240.0)):
            rows.append((f"case {number:03}", step, came + hours, None))
    log = log_of(rows)
    return replace(log, begun_at=log.at)


def weekend_log(cases: int = 600, *, seed: int = 5) -> EventColumns:
    """Messages, one each four hours, answered after two hours, but those of Saturday and Sunday on Monday at eight."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(cases):
        came = 4 * number + draw.uniform(0, 2)
        day = came // 24 % 7
        answered = (came // 168 + 1) * 168 + 8 if day >= 5 else came + 2
        for step, hours in (("Come", came), ("Answer", answered)):
            rows.append((f"case {number:03}", step, MONDAY / HOUR + hours, None))
    log = log_of(rows)
    return replace(log, begun_at=log.at)


def changing_log(cases: int = 400, *, seed: int = 5) -> EventColumns:
    """Tickets, one each four hours, that are answered within an hour to begin with, the last ones within two days."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(cases):
        came = MONDAY / HOUR + 4 * number
        longest = 1.0 if number < 0.4 * cases else 48.0
        rows.append((f"case {number:03}", "Come", came, None))
        rows.append((f"case {number:03}", "Answer", came + draw.uniform(0.1, longest), None))
    log = log_of(rows)
    return replace(log, begun_at=log.at)


def _done(
    rows: list[Row], begun: list[float], case: str, step: str, at: float, takes: float, who: str
) -> float:
    rows.append((case, step, at + takes, who))
    begun.append(at)
    return at + takes
