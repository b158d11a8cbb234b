"""A process as it is given, read and checked: what is wrong is named field by field."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError, parse
from kinflow.eventlog.event import forgotten_fields, registry
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.faces import VOCABULARY
from kinflow.records.faces import registry as faces
from kinflow.records.versions import read_text

from .goals import read_goals, read_rates
from .steps import OF_ACTIVITY, step_named, steps_of

MOST_STEPS, MOST_PHASES, LONGEST = 200, 20, 120
_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,120}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
OUTCOMES = ("", "good", "bad", "again")
PLACES = ("new", "objects", "structure")
"""Pages of their own, which a process of this key would hide behind."""
_STEP = ("key", "event", "name", "name_zh", "where", "each", "detail", "begins", "phase", "outcome")

Errors = list[FieldError]


def read_content(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a process says, cleaned. Raises Invalid naming each part that is wrong.

    given: key, name, name_zh, case_kind, condition, steps, phases, begins, ends, goals, rates, position.
    """
    errors: Errors = []
    own = _own(given, errors)
    phases = _listed(given, "phases", MOST_PHASES, errors, _phase)
    steps = _listed(given, "steps", MOST_STEPS, errors, _step)
    _refuse_twice(phases, "phases", errors)
    _refuse_twice(steps, "steps", errors)
    known = {phase["key"] for phase in phases}
    for at, step in enumerate(steps):
        if step["phase"] and step["phase"] not in known:
            errors.append(FieldError(f"/steps/{at}/phase", _("There is no such phase.")))
    if own["case_kind"] and not steps and not errors:
        errors.append(FieldError("/steps", _("Choose at least one step.")))
    moments = {name: _moments(given, name, steps, errors) for name in ("begins", "ends")}
    goals = read_goals(given.get("goals"), errors)
    rates = read_rates(given.get("rates"), errors)
    if errors:
        raise Invalid(errors=errors)
    return {**own, "steps": steps, "phases": phases, **moments, "goals": goals, "rates": rates}


def _own(given: Mapping[str, Any], errors: Errors) -> dict[str, Any]:
    key, kind, condition = given.get("key"), given.get("case_kind") or "", given.get("condition") or {}
    name, name_zh = read_text(given, "name", errors), read_text(given, "name_zh", errors)
    if not name:
        errors.append(FieldError("/name", _("Give it a name.")))
    if not key and not name:
        pass  # the key would come from the name
    elif not isinstance(key, str) or not _SLUG.fullmatch(key):
        errors.append(FieldError("/key", _("Use small letters, digits, - and _ only, at most 60.")))
    elif key in PLACES:
        errors.append(FieldError("/key", _("This word is an address of its own. Choose another.")))
    if kind and kind not in faces:
        errors.append(FieldError("/case_kind", _("There are no such records.")))
    elif condition:
        try:
            parse(condition, kind, VOCABULARY) if kind else _refuse_condition(errors)
        except ConditionError as refused:
            errors.append(FieldError(f"/condition{refused.pointer}", refused.message))
    position = given.get("position", 100)
    if isinstance(position, bool) or not isinstance(position, int) or not 0 <= position <= 30_000:
        errors.append(FieldError("/position", _("Give a number from 0 to 30,000.")))
    return {
        "key": key,
        "name": name,
        "name_zh": name_zh,
        "case_kind": kind,
        "condition": condition,
        "position": position,
    }


def _refuse_condition(errors: Errors) -> None:
    errors.append(FieldError("/condition", _("Only a process over our own records has a condition.")))


def _listed(
    given: Mapping[str, Any],
    name: str,
    most: int,
    errors: Errors,
    read: Callable[[Mapping[str, Any], str, Errors], dict[str, Any]],
) -> list[dict[str, Any]]:
    parts = given.get(name) or []
    if not isinstance(parts, list | tuple) or not all(isinstance(part, Mapping) for part in parts):
        errors.append(FieldError(f"/{name}", _("Give a list.")))
        return []
    if len(parts) > most:
        errors.append(FieldError(f"/{name}", _("At most %(most)d entries.") % {"most": most}))
        return []
    return [read(part, f"/{name}/{at}", errors) for at, part in enumerate(parts)]


def _phase(part: Mapping[str, Any], pointer: str, errors: Errors) -> dict[str, Any]:
    _refuse_strangers(part, ("key", "name", "name_zh"), pointer, errors)
    return _named(part, pointer, errors)


def _named(part: Mapping[str, Any], pointer: str, errors: Errors) -> dict[str, Any]:
    key = part.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        errors.append(
            FieldError(f"{pointer}/key", _("Use letters, digits and the signs . : - _ only, at most 120."))
        )
        key = ""
    name = read_text(part, "name", errors, pointer=pointer)
    if not name:
        errors.append(FieldError(f"{pointer}/name", _("Give it a name.")))
    return {"key": key, "name": name, "name_zh": read_text(part, "name_zh", errors, pointer=pointer)}


def _step(part: Mapping[str, Any], pointer: str, errors: Errors) -> dict[str, Any]:
    _refuse_strangers(part, _STEP, pointer, errors)
    event, where = part.get("event"), part.get("where") or {}
    if not isinstance(event, str) or event not in registry:
        errors.append(FieldError(f"{pointer}/event", _("There is no such event.")))
        event = ""
    begins = read_text(part, "begins", errors, pointer=pointer)
    if begins and begins not in registry:
        errors.append(FieldError(f"{pointer}/begins", _("There is no such event.")))
    if not isinstance(where, Mapping) or not all(
        isinstance(k, str) and isinstance(v, str) for k, v in where.items()
    ):
        errors.append(FieldError(f"{pointer}/where", _("Give a value for each field.")))
        where = {}
    each, detail = (
        read_text(part, "each", errors, pointer=pointer),
        read_text(part, "detail", errors, pointer=pointer),
    )
    for name in (*where, each, detail):
        if name and event and not is_told(event, name):
            errors.append(FieldError(f"{pointer}/where", _("Steps cannot be told by “%s”.") % name))
    outcome = part.get("outcome") or ""
    if outcome not in OUTCOMES:
        errors.append(FieldError(f"{pointer}/outcome", _("Choose one of the values.")))
    return {
        **_named(part, pointer, errors),
        "event": event,
        "where": dict(where),
        "each": each,
        "detail": detail,
        "begins": begins,
        "phase": read_text(part, "phase", errors, pointer=pointer),
        "outcome": outcome,
    }


def is_told(event: str, name: str) -> bool:
    """Whether a step may be told by this field of the event: it is there, and no person's."""
    if name in OF_ACTIVITY and event.startswith("customers.activity_"):
        return True
    return name in registry[event].__dataclass_fields__ and name not in forgotten_fields(event)


def _refuse_strangers(part: Mapping[str, Any], known: Sequence[str], pointer: str, errors: Errors) -> None:
    errors.extend(
        FieldError(f"{pointer}/{name}", _("There is no such input.")) for name in part if name not in known
    )


def _refuse_twice(parts: Sequence[Mapping[str, Any]], name: str, errors: Errors) -> None:
    seen: set[str] = set()
    for at, part in enumerate(parts):
        if part["key"] and part["key"] in seen:
            errors.append(FieldError(f"/{name}/{at}/key", _("This key is there twice.")))
        seen.add(part["key"])


def _moments(
    given: Mapping[str, Any], name: str, steps: Sequence[Mapping[str, Any]], errors: Errors
) -> list[str]:
    keys = given.get(name) or []
    if not isinstance(keys, list | tuple) or not all(isinstance(key, str) for key in keys):
        errors.append(FieldError(f"/{name}", _("Give a list.")))
        return []
    if given.get("case_kind") and not errors:
        known = steps_of(steps)
        errors.extend(
            FieldError(f"/{name}/{at}", _("There is no such step."))
            for at, key in enumerate(keys)
            if step_named(known, key) is None
        )
    return [key[:LONGEST] for key in keys[:MOST_STEPS]]
