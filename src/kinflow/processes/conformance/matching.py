"""Which element of a model is which step of the log: by its name, in any of the languages in which the step has one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..bpmn.model import ACTIVITIES, EVENTS, SUBPROCESSES, Element, Model

UNKNOWN = "model "
"""Before the id of a step of the model that the log does not know; keys of activities do not begin so."""


@dataclass(frozen=True)
class Matched:
    """The step that each element stands for; the steps of the model that the log does not know, by that key."""

    step_of: Mapping[str, str]
    unknown: Mapping[str, str]

    @property
    def known(self) -> set[str]:
        """The activities of the log that stand in the model."""
        return set(self.step_of.values()) - set(self.unknown)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def matched(model: Model, names: Iterable[Mapping[str, str]], activities: Iterable[str]) -> Matched:
    """`names` are what activities are called, one mapping for each language."""
    keys = {_plain(key): key for key in activities}
    for words in names:
        for key, word in words.items():
            keys.setdefault(_plain(word), key)
    filled = {element.within for element in model.elements}
    step_of: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for element in model.elements:
        key = keys.get(_plain(element.name), "") if element.name else ""
        if key and (element.kind in EVENTS or _is_step(element, filled)):
            step_of[element.id] = key
        elif _is_step(element, filled):
            same = next((k for k, name in unknown.items() if name == element.name and name), "")
            step_of[element.id] = same or UNKNOWN + element.id
            unknown.setdefault(step_of[element.id], element.name or element.id)
    return Matched(step_of, unknown)


def _is_step(element: Element, filled: set[str]) -> bool:
    """Whether it is done as one: a sub-process with content is its content."""
    return element.kind in ACTIVITIES and not (element.kind in SUBPROCESSES and element.id in filled)
