"""The lead desk's Fridays: in the afternoon it writes its report, and new leads lie until Monday."""

from datetime import UTC, timedelta

from ..engine.chance import Chance
from ..engine.loop import Story
from ..scene import Scene, Steps
from .activities import work

REPORT_FROM = 14
"""The hour on Fridays from which the lead desk writes its weekly report instead of sorting leads."""


def report_time(scene: Scene) -> Steps[None]:
    """On Friday afternoons the lead desk writes its report: what comes in then is looked at on Monday."""
    local = scene.local
    if scene.troubles.weekend_wait and local.isoweekday() == 5 and local.hour >= REPORT_FROM:
        monday = (local + timedelta(days=3)).replace(hour=8, minute=30, second=0)
        yield int((monday - timedelta(hours=8)).replace(tzinfo=UTC).timestamp())


def weekly_report(scene: Scene, chance: Chance, person: str) -> Story:
    """The lead desk's report on a Friday afternoon, which takes the whole of it."""
    if scene.local.isoweekday() == 5:
        yield from work(
            scene,
            "weekly_report",
            owner=person,
            minutes=chance.uniform(185, 205),
            priority=1,
            about=None,
            outcome="done",
        )
