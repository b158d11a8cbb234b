"""Matters that people decide, and that the company's policies may rule: packages above say who decides them alone.

An action that decides a matter asks `ask_first` before it changes anything; whoever knows the policies puts a function
into `deciders`. As with permission, only the action at the door is asked: what another action calls was decided with it.

An action that decides a matter beside other things, as a form in which a lower amount is one field of many, asks
`decides_alone` instead: there is nobody to ask for a part of it, so that it goes on, or is refused.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.eventlog.command import running
from kinflow.kit.problem import Refused

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

    `alone` tests the fact `counted` (the first where none is named), and where `currency` names a fact, that it is the
    company's: what a policy lets everybody decide alone unless it says otherwise.
    """

    name: str
    kind: str
    verb: str
    label: Label
    facts: tuple[Fact, ...]
    alone: str = "<= 0"
    counted: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Asked:
    """What comes back instead of the change: somebody else was asked, `words` say whom; `url` leads to the question."""

    words: str
    url: str
    question: int


Decider = Callable[[Matter, Model, Mapping[str, Any], Mapping[str, Any], Actor], Asked | None]
Judge = Callable[[Matter, Model, Mapping[str, Any], Actor], bool | None]
matters: dict[str, Matter] = {}
deciders: list[Decider] = []
judges: list[Judge] = []
_whose: ContextVar[Actor | None] = ContextVar("whose authority counts", default=None)


class BeyondAuthority(Refused):
    """A policy does not let the actor decide this alone, and nobody can be asked for a part of what was given."""

    code = "beyond-authority"
    title = _("You may not decide this alone")


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


@contextmanager
def with_authority_of(owner: Actor) -> Iterator[None]:
    """A part in which a program acts with somebody's authority: policies are asked about them."""
    token = _whose.set(owner)
    try:
        yield
    finally:
        _whose.reset(token)


def decides_alone(matter: Matter, record: Model, *, facts: Mapping[str, Any], by: Actor) -> bool | None:
    """Whether the actor, or whose authority a program has, may decide this alone; None where no policy rules it.

    Where they may, it is noted as decided alone.
    """
    who, command = _whose.get(), running()
    if who is None:
        if by.kind != "person" or command is None or len(command.domains) > 1:
            return None
        who = by
    for judge in judges:
        if (found := judge(matter, record, facts, who)) is not None:
            return found
    return None
