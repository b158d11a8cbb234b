"""Tasks of people, read from plain values: how they are called, who gets them, until when, and what they ask for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.customers.activities.rules import KINDS

from .asked_fields import read_asked
from .bindings import Task
from .groups import is_group, row_of
from .wrong_bindings import WrongBinding, all_read, read_duration

LONGEST_SUBJECT = 200
ASSIGNS = ("scoring", "owner")


def read_task(of: str, one: Mapping[str, Any], *, is_kept: bool) -> Task:
    """What a task about records of a kind is bound to. Raises WrongBinding with all that is wrong."""
    subject, kind, assign, (due, working), (fields, required) = all_read(
        lambda: _subject(one.get("subject") or {}),
        lambda: _task_kind(one.get("kind", "task")),
        lambda: _assigned(one.get("assign", "scoring"), is_kept),
        lambda: read_duration(one.get("due"), one.get("working_time"), "/due"),
        lambda: _fields(of, one, is_kept),
    )
    return Task(subject, kind, assign, due, working, fields, required)


def _fields(kind: str, one: Mapping[str, Any], is_kept: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of the record that a task asks for, and those of them that are required."""
    fields, required, errors = read_asked(kind, one, is_kept=is_kept)
    if errors:
        told = [(str(error.message), error.pointer) for error in errors]
        raise WrongBinding(*told[0], more=told[1:])
    return fields, required


def _subject(subject: Any) -> dict[str, str]:
    if isinstance(subject, str):
        subject = {"en": subject, "zh-hans": subject}
    if not isinstance(subject, Mapping) or any(not isinstance(text, str) for text in subject.values()):
        raise WrongBinding(_("Give the subject as text, or as text by language."), "/subject")
    if strange := set(subject) - {"en", "zh-hans"}:
        raise WrongBinding(_("There is no such language here."), f"/subject/{min(strange)[:20]}")
    if any(len(text) > LONGEST_SUBJECT for text in subject.values()):
        raise WrongBinding(_("At most %(most)d characters.") % {"most": LONGEST_SUBJECT}, "/subject")
    return {k: t.strip() for k, t in subject.items() if t.strip()}


def _task_kind(kind: Any) -> str:
    if not isinstance(kind, str) or kind not in dict(KINDS):
        raise WrongBinding(_("Choose one of the values."), "/kind")
    return kind


def _assigned(assign: Any, is_kept: bool) -> str:
    """Who gets a task; no unit or position that there is not, unless that was asked when it was kept."""
    if assign in ASSIGNS:
        return str(assign)
    if not isinstance(assign, str) or not is_group(assign):
        raise WrongBinding(_("Choose one of the values."), "/assign")
    if not is_kept and row_of(assign) is None:
        raise WrongBinding(_("There is no such unit or position any more: choose another."), "/assign")
    return assign
