"""The steps of a rule as a plan: read, checked, numbered by paths, and walked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError

from ..parameters import below, parameters_of, read
from ..steps import Step, registry

MOST_STEPS, DEEPEST = 30, 4


@dataclass(frozen=True)
class Planned:
    """A step at its place; `inner` are its lists of inner steps by name (a branch's "then" and "otherwise")."""

    path: str
    step: Step
    inner: Mapping[str, tuple["Planned", ...]] = field(default_factory=dict)


def read_steps(
    given: Any, kind: str, errors: list[FieldError], *, is_kept: bool = False
) -> tuple[Planned, ...]:
    """The steps; what is wrong is added to `errors`, below /steps. Kept ones were checked when they were kept."""
    plan = _list(given, kind, "/steps", "", errors, is_kept, 1)
    if not plan and not errors:
        errors.append(FieldError("/steps", _("Add at least one step.")))
    if sum(1 for _one in walk(plan)) > MOST_STEPS:
        errors.append(FieldError("/steps", _("At most %(most)d steps.") % {"most": MOST_STEPS}))
    return plan


def _list(
    given: Any, kind: str, pointer: str, path: str, errors: list[FieldError], is_kept: bool, depth: int
) -> tuple[Planned, ...]:
    if not isinstance(given, list | tuple) or len(given) > MOST_STEPS or depth > DEEPEST:
        errors.append(
            FieldError(pointer, _("Give a list of steps, at most %(most)d.") % {"most": MOST_STEPS})
        )
        return ()
    found = []
    for at, part in enumerate(given):
        name = part.get("step") if isinstance(part, Mapping) else None
        cls = registry.get(name) if isinstance(name, str) else None
        here = f"{pointer}/{at}"
        if cls is None:
            errors.append(FieldError(f"{here}/step", _("There is no such step.")))
            continue
        parameters = part.get("parameters") or {}
        errors.extend(
            FieldError(below(here, n), _("There is no such input."))
            for n in part
            if n not in ("step", "parameters")
        )
        made, wrong = read(cls, parameters, f"{here}/parameters", is_kept=is_kept)
        errors.extend(wrong)
        if made is None:
            continue
        if not is_kept:
            errors.extend(FieldError(f"{here}/parameters{e.pointer}", e.message) for e in made.check(kind))
        own = f"{path}{at}"
        inner = {
            p.name: _list(
                getattr(made, p.name),
                kind,
                f"{here}/parameters/{p.name}",
                f"{own}.{p.name}.",
                errors,
                is_kept,
                depth + 1,
            )
            for p in parameters_of(cls)
            if p.kind == "steps"
        }
        found.append(Planned(own, made, inner))
    return tuple(found)


def walk(plan: tuple[Planned, ...]) -> Iterator[Planned]:
    """All steps, each before its inner ones."""
    for one in plan:
        yield one
        for inner in one.inner.values():
            yield from walk(inner)


def step_at(plan: tuple[Planned, ...], path: str) -> Planned | None:
    """The step at a path; None where there is none."""
    return next((one for one in walk(plan) if one.path == path), None)


def first_in(one: Planned, name: str, plan: tuple[Planned, ...]) -> str:
    """The path to go on with inside a step's list, or behind the step where that list is empty."""
    inner = one.inner.get(name, ())
    return inner[0].path if inner else behind(plan, one.path)


def behind(plan: tuple[Planned, ...], path: str) -> str:
    """The path of what comes after a step: the next of its list, or what comes after the step it is in; "" at the end."""
    while path:
        head, _dot, number = path.rpartition(".")
        following = f"{head}{_dot}{int(number) + 1}"
        if step_at(plan, following) is not None:
            return following
        path = head.rpartition(".")[0]
    return ""
