"""Versions as they are kept: read, drawn and checked once a process, since they never change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from kinflow.automation.bilingual import in_active_language, in_all_languages
from kinflow.kit.problem import FieldError

from ..bpmn.layout import laid_out
from ..bpmn.model import Model
from ..bpmn.names import called, named_in
from ..bpmn.reading import read_bpmn
from .bindings import Binding
from .checking import Checked, checked
from .models import DesignVersion, ProcessDesign
from .plans import Fault, Plan, plan_of
from .reading_bindings import read_bindings
from .repeating import Repeated, read_repeats
from .unnamed import placed_in, placed_on
from .words import fault_words


@dataclass(frozen=True)
class Kept:
    """A version ready to be played: its plan, its bindings, and how activities of it are done several times."""

    plan: Plan
    bindings: dict[str, Binding]
    repeats: Mapping[str, Repeated] = field(default_factory=dict)
    moves: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Moves of its tokens that were made out already; see `execution.alike`."""


class NotFit(Exception):
    """A version that cannot be executed any more, since what it is bound to is gone; `words` say it, by language."""

    def __init__(self, words: Mapping[str, str] | str) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return in_active_language(self.words)


@lru_cache(maxsize=256)
def kept(design_id: int, number: int) -> Kept:
    """A version as it is played. Raises NotFit where fields, steps or events that it names are gone."""
    version = DesignVersion.objects.select_related("design").get(design_id=design_id, number=number)
    plan = plan_for(design_id, number)
    found, faults = _read(version, plan)
    if faults:
        raise NotFit(in_all_languages(lambda: " ".join(_read(version, plan)[1])))
    return found


def _read(version: DesignVersion, plan: Plan) -> tuple[Kept, list[str]]:
    """A version as it is played, and what is gone of it, in the active language."""
    kind, errors, faults = version.design.kind, list[FieldError](), list[Fault]()
    bindings = read_bindings(kind, plan, version.bindings, errors, is_kept=True)
    repeats = read_repeats(kind, plan, faults)
    return Kept(plan, bindings, repeats), [*(str(e.message) for e in errors), *map(fault_words, faults)]


@lru_cache(maxsize=256)
def plan_for(design_id: int, number: int) -> Plan:
    """The plan of a version that was in operation once. Raises NotFit."""
    content = DesignVersion.objects.get(design_id=design_id, number=number).content
    plan, _faults = plan_of(read_bpmn(bytes(content)), is_kept=True)
    if plan is None:
        raise NotFit(f"{design_id} v{number}")
    return plan


@lru_cache(maxsize=128)
def _model(design_id: int, number: int, language: str) -> Model:
    version = DesignVersion.objects.get(design_id=design_id, number=number)
    model = named_in(read_bpmn(bytes(version.content)), language)
    return model if model.is_drawn else laid_out(model)


def model_of(design_id: int, number: int) -> Model:
    """A version's model with a drawing, by us where its file has none, named in the reader's language."""
    return _model(design_id, number, get_language() or "")


def filed_model(design_id: int, number: int) -> Model:
    """The same, named as in its file."""
    return _model(design_id, number, "")


@lru_cache(maxsize=128)
def _shown_plan(design_id: int, number: int, language: str) -> Plan:
    plan = plan_for(design_id, number)
    nodes = {
        key: replace(node, element=replace(node.element, name=called(node.element, language)))
        for key, node in plan.nodes.items()
    }
    return placed_on(replace(plan, nodes=nodes))


def shown_plan(design_id: int, number: int) -> Plan:
    """The plan of a version with names in the reader's language, for screens; the log keeps the names of the file.

    Raises NotFit.
    """
    return _shown_plan(design_id, number, get_language() or "")


def checked_version(design: ProcessDesign, version: DesignVersion) -> Checked:
    """A version checked as it would run today, named in the reader's language."""
    model = placed_in(named_in(read_bpmn(bytes(version.content)), get_language() or ""))
    return checked(design.kind, model, version.bindings)


def forget() -> None:
    """Forget what was kept; for tests, in which numbers begin anew."""
    kept.cache_clear()
    plan_for.cache_clear()
    _model.cache_clear()
    _shown_plan.cache_clear()
