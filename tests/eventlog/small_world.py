"""A few actions over skills, the smallest records there are, to try the laws on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kinflow.eventlog import SYSTEM, Actor, Event, action, record
from kinflow.organisation.models import Skill


def in_domain(domain: str) -> Callable[[Any], Any]:
    """Let a function of a test count as part of the domain, as if it were written there."""

    def mark(function: Any) -> Any:
        function.__module__ = f"kinflow.{domain}.tried"
        return function

    return mark


@dataclass(frozen=True, kw_only=True)
class SkillTried(Event):
    """A skill was tried out."""

    __module__ = "kinflow.organisation.tried"
    skill: Skill
    note: str = ""
    sentence = "{by} tried {skill}: {note}"


@action
@in_domain("organisation")
def try_skill(*, code: str, note: str = "", by: Actor = SYSTEM) -> Skill:
    """Write a skill, and tell it."""
    skill = Skill(code=code, name=code)
    skill.save()
    record(SkillTried(skill=skill, note=note))
    return skill


@action
@in_domain("organisation")
def write_silently(*, code: str, by: Actor = SYSTEM) -> None:
    """Write a skill, and tell nobody."""
    Skill(code=code, name=code).save()
