"""Versions as they are kept: read, drawn and checked once a process, since they never change."""

from dataclasses import dataclass
from functools import lru_cache

from kinflow.kit.problem import FieldError

from ..bpmn.layout import laid_out
from ..bpmn.model import Model
from ..bpmn.reading import read_bpmn
from .bindings import Binding, read_bindings
from .checking import Checked, checked
from .models import DesignVersion, ProcessDesign
from .plans import Plan, plan_of


@dataclass(frozen=True)
class Kept:
    """A version ready to be played: its plan and its bindings."""

    plan: Plan
    bindings: dict[str, Binding]


class NotFit(Exception):
    """A version that cannot be executed any more, since what it is bound to is gone."""


@lru_cache(maxsize=256)
def kept(design_id: int, number: int) -> Kept:
    """A version as it is played. Raises NotFit where fields, steps or events that it names are gone."""
    version = DesignVersion.objects.select_related("design").get(design_id=design_id, number=number)
    plan, errors = plan_for(design_id, number), list[FieldError]()
    bindings = read_bindings(version.design.kind, plan, version.bindings, errors, is_kept=True)
    if errors:
        raise NotFit(" ".join(error.message for error in errors))
    return Kept(plan, bindings)


@lru_cache(maxsize=256)
def plan_for(design_id: int, number: int) -> Plan:
    """The plan of a version that was in operation once. Raises NotFit."""
    content = DesignVersion.objects.get(design_id=design_id, number=number).content
    plan, _faults = plan_of(read_bpmn(bytes(content)))
    if plan is None:
        raise NotFit(f"{design_id} v{number}")
    return plan


@lru_cache(maxsize=64)
def model_of(design_id: int, number: int) -> Model:
    """A version's model with a drawing; by us, where its file has none."""
    version = DesignVersion.objects.get(design_id=design_id, number=number)
    model = read_bpmn(bytes(version.content))
    return model if model.is_drawn else laid_out(model)


def checked_version(design: ProcessDesign, version: DesignVersion) -> Checked:
    """A version checked as it would run today."""
    return checked(design.kind, read_bpmn(bytes(version.content)), version.bindings)


def forget() -> None:
    """Forget what was kept; for tests, in which numbers begin anew."""
    kept.cache_clear()
    plan_for.cache_clear()
    model_of.cache_clear()
