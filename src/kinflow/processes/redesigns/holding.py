"""What a step waits for kept at hand, or fetched when it is needed (buffering of Reijers and Limam Mansar)."""

from django.utils.translation import gettext_lazy

from ..simulation.whatif.border_moves import Buffer, Unbuffer
from .charts import Chart
from .passing import left_out, pass_by
from .places import Places, named
from .waiting import wait_before, waited_before

ALL = 100


def buffer(chart: Chart, move: Buffer, places: Places, place: int) -> list[str]:
    """Lead a way past what is waited for before a step, for records at hand; where all are, nothing is waited for."""
    waits = waited_before(chart, places.of(move.step), together=False)
    if move.share >= ALL:
        return [left_out(chart, each) for each in waits]
    words = gettext_lazy("At hand?"), gettext_lazy("it is there already")
    condition = places.conditions.get(place, {})
    return [name for each in waits for name in pass_by(chart, each, *words, condition)]


def unbuffer(chart: Chart, move: Unbuffer, places: Places, place: int) -> list[str]:
    """Let cases wait before a step until the record says that what it needs has come; at once where it says so."""
    key = places.of(move.step)
    condition = places.conditions.get(place, {})
    told = {"condition": dict(condition)} if condition else {}
    wait = wait_before(chart, key, "conditional", gettext_lazy("Fetch what “%(step)s” needs"), told)
    return [named(chart, wait)]
