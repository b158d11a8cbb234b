"""Matters that people decide, and that the company's policies may rule: packages above say who decides them alone.

An action that decides a matter asks `ask_first` before it changes anything; whoever knows the policies puts a function
into `deciders`. As with permission, only the action at the door is asked: what another action calls was decided with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from kinflow.eventlog import Actor
from kinflow.eventlog.command import running

from .faces import Label


@dataclass(frozen=True)
class Fact:
    """Something known when a matter is decided: `sort` is number, text, yes_no, date or list (of texts)."""

    name: str
    label: Label
    sort: str
    choices: Sequence[tuple[Any, Label]] = ()


@dataclass(frozen=True)
class Matter:
    """What is decided about records of `kind` by its verb; `facts` are what the verb says, for policies to ask about.

    `alone` tests the first fact: what a policy lets everybody decide alone unless it says otherwise.
    """

    name: str
    kind: str
    verb: str
    label: Label
    facts: tuple[Fact, ...]
    alone: str = "<= 0"


@dataclass(frozen=True)
class Asked:
    """What comes back instead of the change: somebody else was asked, `words` say whom; `url` leads to the question."""

    words: str
    url: str
    question: int


Decider = Callable[[Matter, Model, Mapping[str, Any], Mapping[str, Any], Actor], Asked | None]
matters: dict[str, Matter] = {}
deciders: list[Decider] = []


def register_matter(matter: Matter) -> Matter:
    """Make a matter known under its name."""
    matters[matter.name] = matter
    return matter


def ask_first(
    matter: Matter, record: Model, *, given: Mapping[str, Any], facts: Mapping[str, Any], by: Actor
) -> Asked | None:
    """What was asked, where the person may not decide this alone; then nothing may be changed. None: go on.

    `given` is what the verb was given, `facts` what policies may ask about by name. Raises Conflict where nobody can be
    asked.
    """
    command = running()
    if by.kind != "person" or command is None or len(command.domains) > 1:
        return None
    for decide in deciders:
        if (asked := decide(matter, record, given, facts, by)) is not None:
            return asked
    return None
