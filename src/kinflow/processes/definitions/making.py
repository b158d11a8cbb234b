"""What the page on which a process is made shows and sends: names, steps from the log, first and last ones, phases."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import QueryDict
from django.utils import timezone

from kinflow.conditions import Context as When
from kinflow.conditions import parse, to_q
from kinflow.eventlog.horizon import horizon
from kinflow.records.faces import VOCABULARY, registry

from ..columns import EventColumns
from ..columns.filtering import sub_log
from ..measuring.variants import variants
from .candidates import Candidate
from .drafts import read_content
from .extracting import extract
from .forms import goals_and_rates
from .levels import on_level
from .models import Process
from .numbers import ends_of
from .steps import steps_of

MOST_PHASES = 8
MOST_PREVIEWED = 2_000_000
"""Events beyond which a preview tells the number of events only."""


@dataclass(frozen=True)
class Preview:
    """How much a process would have: `cases`, `ended` and `ways` are None where the log is too long to look quickly."""

    events: int
    cases: int | None = None
    ended: int | None = None
    ways: int | None = None


def blank(kind: str) -> dict[str, Any]:
    """A process over records of this kind that says nothing yet."""
    return {
        "key": "", "name": "", "name_zh": "", "case_kind": kind, "condition": {}, "steps": [], "phases": [],
        "begins": [], "ends": [], "goals": [], "rates": {},
    }  # fmt: skip


def content_of(process: Process) -> dict[str, Any]:
    """What a process says."""
    return {name: getattr(process, name) for name in blank("")}


def sent_content(sent: QueryDict, listed: Sequence[Candidate], before: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, over what was said before; what cannot be is left for `read_content` to refuse."""
    phases = [
        {"key": key, "name": name, "name_zh": sent.get(f"phase-name_zh-{at}", "").strip()}
        for at in range(MOST_PHASES)
        if (name := sent.get(f"phase-name-{at}", "").strip())
        and (key := sent.get(f"phase-key-{at}", "") or f"phase-{at + 1}")
    ]
    chosen = set(sent.getlist("in"))
    there = {phase["key"] for phase in phases}
    steps = [_step(each.step, sent, there) for each in _in_order(listed) if each.step["key"] in chosen]
    keys = [step["key"] for step in steps]
    return {
        **before,
        "key": sent.get("key", "").strip() or before["key"] or key_from(sent.get("name", "")),
        "name": sent.get("name", ""),
        "name_zh": sent.get("name_zh", ""),
        "condition": _json(sent.get("condition", "")),
        "phases": phases,
        "steps": steps,
        "begins": _moments(before["begins"], keys, sent.getlist("begins")),
        "ends": _moments(before["ends"], keys, sent.getlist("ends")),
        **goals_and_rates(sent),
    }


def _moments(before: Sequence[str], keys: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """First or last steps in their old order, new ones behind; those told more finely stay with their step."""
    fine = [key for key in before if key not in keys and any(key.startswith(f"{each}:") for each in keys)]
    stay = [key for key in before if key in fine or (key in keys and key in chosen)]
    return stay + [key for key in keys if key in chosen and key not in stay]


def _in_order(listed: Sequence[Candidate]) -> list[Candidate]:
    """The first step that an event fits counts: new ones that are told by a topic come before all others."""
    return sorted(listed, key=lambda each: each.is_known or not each.step["where"].get("topic"))


def _step(step: Mapping[str, Any], sent: QueryDict, phases: Collection[str]) -> dict[str, Any]:
    """A step as it was named; a phase that is no longer there is none."""
    told = {
        name: sent.get(f"{name}:{step['key']}", step[name])
        for name in ("name", "name_zh", "phase", "outcome")
    }
    return {**step, **told, "phase": told["phase"] if told["phase"] in phases else ""}


def _json(text: str) -> Any:
    try:
        return json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return text


def key_from(name: str) -> str:
    """A key for a process of this name; empty where the name has no letters that addresses have."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]


def preview_of(content: Mapping[str, Any], listed: Sequence[Candidate]) -> Preview:
    """How many cases and events a process would have now. Raises Invalid for one that cannot be."""
    clean = read_content(content)
    chosen = {step["key"] for step in clean["steps"]}
    about = sum(each.count for each in listed if each.step["key"] in chosen)
    if about > MOST_PREVIEWED:
        return Preview(about)
    steps = steps_of(clean["steps"])
    columns = on_level(extract(clean["case_kind"], steps, horizon()), steps, "steps")
    columns = _meeting(columns, clean)
    ends = ends_of(Process(**clean), columns)
    return Preview(columns.events, columns.cases, int(ends.ended.sum()), len(variants(columns).count))


def _meeting(columns: EventColumns, clean: Mapping[str, Any]) -> EventColumns:
    """The cases that meet the condition."""
    if not clean["condition"]:
        return columns
    kind = clean["case_kind"]
    condition = parse(clean["condition"], kind, VOCABULARY)
    wanted = to_q(condition, When(timezone.now(), timezone.get_current_timezone()))
    rows = registry[kind].model._default_manager.filter(wanted)
    meeting = {str(pk) for pk in rows.values_list("pk", flat=True).iterator(chunk_size=10_000)}
    return sub_log(columns, np.array([each in meeting for each in columns.case_ids], np.bool_))
