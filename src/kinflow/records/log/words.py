"""The names of events in words, for the filter: their sentences without what fills them."""

import re
from collections.abc import Sequence
from typing import Any

from kinflow.eventlog.event import Event, registry

from ..pages.timelines import TOPICS

_GAP = re.compile(r"\s*\{[^}]*\}")
_EDGES = " .,:;·()（）“”，。：；、…"


def event_label(event: type[Event]) -> str:
    """The event in words: "captured lead … from …"; its technical name where it has no sentence."""
    sentence = str(event.sentence).removeprefix("{by}")
    words = re.sub(r"[“(（]\s*…?\s*[”)）]", "", _GAP.sub(" …", sentence))
    words = re.sub(r"(\s*…)+", " …", words).strip(_EDGES)
    return words or event.name


def event_choices() -> list[tuple[Any, Sequence[tuple[str, str]]]]:
    """All events by topic, each with its name and its label."""
    return [
        (
            label,
            sorted(
                ((e.name, event_label(e)) for e in registry.values() if e.topic == topic),
                key=lambda pair: pair[1],
            ),
        )
        for topic, label in TOPICS
        if topic
    ]
