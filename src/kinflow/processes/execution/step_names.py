"""What steps are called in the reader's language, where the log and its readers know them by the names in their file."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from kinflow.automation.said import told

from ..bpmn.model import Element, Flow
from ..bpmn.names import called
from ..designs.kept import filed_model
from ..designs.models import DesignVersion
from .models import ProcessInstance

Version = tuple[int, int]
MOST_KEPT = 10_000
_versions: dict[int, Version] = {}


def step_called(version: Version, step: str) -> str:
    """A step (or way) of a design's version, named as in its file, in the reader's language."""
    return _names(version, get_language() or "").get(step, step)


def step_words(step: str, told: Mapping[str, Any]) -> str:
    """The same for an event of an instance, as sentences say it; as it was told where no version has such a name."""
    instance_id = int(told.get("processinstance", 0))
    try:
        version = _version_of(instance_id)
        if step not in _names(version, ""):  # it was moved to another version
            version = _version_now(instance_id)
        return step_called(version, step)
    except (ProcessInstance.DoesNotExist, DesignVersion.DoesNotExist):
        return step


def fault_words(fault: str, about: Mapping[str, Any]) -> str:
    """A fault of an instance as it was kept, in the reader's language, with its steps as the reader calls them."""
    return told(fault, lambda step: step_words(step, about))


def foresee(instances: Collection[int]) -> None:
    """Read the versions of instances that a page is about to name, in one query."""
    unknown = [each for each in instances if each not in _versions]
    if unknown:
        _make_room()
        rows = ProcessInstance.objects.filter(pk__in=unknown).values_list("id", "design_id", "number")
        _versions.update({key: (design, number) for key, design, number in rows})


def _version_of(instance_id: int) -> Version:
    """The version by which an instance ran when it was first asked for. Raises DoesNotExist."""
    found = _versions.get(instance_id)
    if found is None:
        _make_room()
        found = _versions[instance_id] = _version_now(instance_id)
    return found


def _make_room() -> None:
    if len(_versions) >= MOST_KEPT:
        _versions.clear()


def _version_now(instance_id: int) -> Version:
    return ProcessInstance.objects.values_list("design_id", "number").get(pk=instance_id)


@lru_cache(maxsize=256)
def _names(version: Version, language: str) -> Mapping[str, str]:
    """By names in the file those in a language. Raises DoesNotExist."""
    model = filed_model(*version)
    parts: tuple[Element | Flow, ...] = (*model.flows, *model.elements)
    return {part.name: called(part, language) for part in parts if part.name}


def forget() -> None:
    """Forget what was kept; for tests, in which numbers begin anew."""
    _versions.clear()
    _names.cache_clear()
