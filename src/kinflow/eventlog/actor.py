"""Who or what acts: everybody enters by the same door."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import Problem

ActorKind = Literal["person", "rule", "process", "integration", "portal", "import", "system"]
DEEPEST_CHAIN = 8


class ChainTooDeep(Problem):
    """A chain of causes went deeper than `DEEPEST_CHAIN`: most likely automations that set each other off."""

    status = 409
    code = "chain-too-deep"
    title = _("This chain of automatic steps was stopped")


@dataclass(frozen=True)
class Cause:
    """The log entry an actor reacts to: its id and how deep in a chain of causes it stands."""

    entry_id: int
    depth: int


@dataclass(frozen=True)
class Actor:
    """Who acts, with all that a permission decision needs to know of them.

    `unit_ids` are the units whose work the actor oversees (their own unit and those below it);
    `cause` is the log entry the actor reacts to.
    """

    kind: ActorKind
    id: str
    name: str = ""
    person_id: int | None = None
    unit_id: int | None = None
    roles: frozenset[str] = frozenset()
    unit_ids: Sequence[int] = ()
    cause: Cause | None = None
    scopes: frozenset[str] | None = None

    @property
    def depth(self) -> int:
        """How deep in a chain of causes an entry of this actor stands; a fresh cause is 0."""
        return self.cause.depth + 1 if self.cause else 0

    def because_of(self, entry_id: int, depth: int) -> "Actor":
        """The same actor, reacting to a log entry.

        Raises ChainTooDeep where the chain of causes would grow beyond `DEEPEST_CHAIN`.
        """
        if depth >= DEEPEST_CHAIN:
            raise ChainTooDeep(
                _("Entry %(entry)s is the %(depth)s. step of one chain of causes.")
                % {"entry": entry_id, "depth": depth},
                remedy=_("Look which rules set each other off, and give one of them a narrower condition."),
            )
        # Many times as fast as `replace`: each step of a process has a cause of its own.
        made = object.__new__(Actor)
        made.__dict__.update(self.__dict__, cause=Cause(entry_id, depth))
        return made


SYSTEM = Actor("system", "kinflow", "Kinflow")
