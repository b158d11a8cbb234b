"""The versions of a design: written one after the other, within an action, and never changed."""

from collections.abc import Mapping
from typing import Any

from kinflow.eventlog import Actor, record

from ..bpmn.model import Model
from ..bpmn.reading import read_bpmn
from ..bpmn.repeats import repeats_of
from .drawn_check import read_drawn
from .events import DesignChanged
from .models import DesignVersion, ProcessDesign


def newest(design: ProcessDesign) -> DesignVersion:
    """The newest version."""
    return DesignVersion.objects.get(design=design, number=design.number)


def write_version(design: ProcessDesign, content: bytes, bindings: Mapping[str, Any], by: Actor) -> None:
    """Keep content and bindings under the number that the design has."""
    DesignVersion(
        design=design, number=design.number, content=content, bindings=dict(bindings), made_by=by.name
    ).save()


def write_again(design: ProcessDesign, by: Actor) -> ProcessDesign:
    """Write a version like the newest: what changes with it is not in the model. The design is held by who calls it."""
    before = newest(design)
    return next_version(design, before, bytes(before.content), before.bindings, by)


def next_version(
    design: ProcessDesign, before: DesignVersion, content: bytes, given: Mapping[str, Any], by: Actor
) -> ProcessDesign:
    """Keep content and bindings as the version after `before`, and tell what differs; who calls it holds the design."""
    design.number += 1
    design.save()
    write_version(design, content, given, by)
    differences = _differences(before, read_drawn(content), given)
    record(DesignChanged(processdesign=design, number=design.number, **differences))
    return design


def _differences(before: DesignVersion, model: Model, given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The names of the elements that are new, gone, or bound or repeated otherwise."""
    elements = read_bpmn(bytes(before.content)).elements
    old = {e.id: e.name or e.id for e in elements}
    new = {e.id: e.name or e.id for e in model.elements}
    bound = {
        key for key in {*given, *before.bindings} if key in new and given.get(key) != before.bindings.get(key)
    }
    repeated = {e.id: repeats_of(e) for e in elements}
    bound |= {e.id for e in model.elements if repeated.get(e.id, repeats_of(e)) != repeats_of(e)}
    return {
        "added": tuple(sorted(name for key, name in new.items() if key not in old)),
        "removed": tuple(sorted(name for key, name in old.items() if key not in new)),
        "bound": tuple(sorted(new[key] for key in bound)),
    }
