"""Who may see and do what on whose records: the one mechanism, asked by every action, list and page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.eventlog.command import running
from kinflow.kit.problem import Refused

M = TypeVar("M", bound=Model)

REPRESENTATIVE, TEAM_LEAD, AGENT = "representative", "team_lead", "service_agent"
MARKETER, PROCESS_OWNER, ADMINISTRATOR, AUDITOR = "marketer", "process_owner", "administrator", "auditor"
ROLES = {
    REPRESENTATIVE: _("Sales representative"),
    TEAM_LEAD: _("Team lead"),
    AGENT: _("Service agent"),
    MARKETER: _("Marketer"),
    PROCESS_OWNER: _("Process owner"),
    ADMINISTRATOR: _("Administrator"),
    AUDITOR: _("Auditor (reads only)"),
}
PEOPLE_WORK = (REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER)
"""The roles that work with customers."""


class Scope(IntEnum):
    """On whose records something is allowed: each scope includes the smaller ones."""

    NONE = 0
    OWN = 1
    TEAM = 2
    UNIT = 3
    ALL = 4


OWN, TEAM, UNIT, ALL = Scope.OWN, Scope.TEAM, Scope.UNIT, Scope.ALL
Grants = Mapping[str, Scope]


@dataclass
class Access:
    """What the roles may do with one kind of record: `see` by role, `run` by action name and role."""

    see: dict[str, Scope] = field(default_factory=dict)
    run: dict[str, dict[str, Scope]] = field(default_factory=dict)
    owned: bool = True


SENSITIVITY: dict[str, frozenset[str]] = {
    "personal": frozenset({*PEOPLE_WORK, ADMINISTRATOR}),
    "confidential": frozenset({REPRESENTATIVE, TEAM_LEAD, PROCESS_OWNER, ADMINISTRATOR, AUDITOR}),
}
"""Which roles read fields of a sensitivity; plain fields are read by all who see the record."""

accesses: dict[str, Access] = {}
run_on_all: dict[str, Grants] = {}
"""What may be done with records of every kind: by action name and role."""
_machines = frozenset({"system", "rule", "process", "integration"})


def grant(kind: str, *, see: Grants, run: Mapping[Iterable[str] | str, Grants], owned: bool = True) -> Access:
    """Declare the access to a kind of record; the administrator always has all, the auditor always sees all.

    Keys of `run` are action names ("sales.qualify_lead") or tuples of them. `owned` says whether the records have
    `owner_id` and `unit_id`; for records without, only the scope ALL means anything.
    """
    full = Access({ADMINISTRATOR: ALL, AUDITOR: ALL, **see}, {}, owned)
    for names, grants in run.items():
        for name in (names,) if isinstance(names, str) else names:
            full.run[name] = {ADMINISTRATOR: ALL, **grants}
    accesses[kind] = full
    return full


def scope_of(by: Actor, grants: Grants) -> Scope:
    """The widest scope that any of the actor's roles has."""
    if by.kind in _machines:
        return ALL
    return max((grants.get(role, Scope.NONE) for role in by.roles), default=Scope.NONE)


def covers(scope: Scope, by: Actor, record: Any, *, owned: bool = True) -> bool:
    """Whether the record lies within the actor's scope; what is nobody's and no unit's, who leads a unit may take up."""
    if scope == ALL or (scope and not owned):
        return True
    if scope >= UNIT and _is_nobodys(record):
        return True
    if scope and by.person_id and getattr(record, "owner_id", None) == by.person_id:
        return True
    unit_id = getattr(record, "unit_id", None)
    if scope >= TEAM and unit_id is not None and unit_id == by.unit_id:
        return True
    return scope >= UNIT and unit_id is not None and unit_id in by.unit_ids


def _is_nobodys(record: Any) -> bool:
    """Whether a kind of record that can be somebody's is, here, nobody's and no unit's."""
    has_owner = hasattr(record, "owner_id") and hasattr(record, "unit_id")
    return has_owner and record.owner_id is None and record.unit_id is None


def may(by: Actor, action: str, record: Any = None, *, kind: str = "") -> bool:
    """Whether the actor may run the action on the record (or at all, where no record is given)."""
    kind = kind or (record._meta.model_name if record is not None else "")
    access = accesses.get(kind)
    if access is None or not in_token_scope(by, kind, "write"):
        return False
    scope = scope_of(by, access.run.get(action) or run_on_all.get(action, {}))
    return bool(scope) if record is None else covers(scope, by, record, owned=access.owned)


def in_token_scope(by: Actor, kind: str, mode: str) -> bool:
    """Whether the token, if the actor came with one, is for reading ("read") or changing ("write") this kind."""
    if by.scopes is None:
        return True
    return bool(
        by.scopes & {mode, f"{kind}:{mode}"} or (mode == "read" and by.scopes & {"write", f"{kind}:write"})
    )


def may_see(by: Actor, record: Any) -> bool:
    """Whether the actor may see the record."""
    kind = record._meta.model_name
    access = accesses.get(kind)
    if access is None or not in_token_scope(by, kind, "read"):
        return False
    return covers(scope_of(by, access.see), by, record, owned=access.owned)


def sees_all(by: Actor, kind: str) -> bool:
    """Whether the actor sees every record of the kind, so that none needs to be asked for."""
    access = accesses.get(kind)
    return access is not None and scope_of(by, access.see) == ALL and in_token_scope(by, kind, "read")


def visible(by: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    """The rows that the actor may see, by a condition that an index can answer."""
    kind = str(rows.model._meta.model_name)
    access = accesses.get(kind)
    if access is None or not in_token_scope(by, kind, "read"):
        return rows.none()
    return rows.filter(seen_by(by, access)) if scope_of(by, access.see) else rows.none()


def seen_by(by: Actor, access: Access) -> Q:
    """What `visible` filters by; an empty Q where the actor sees all."""
    scope = scope_of(by, access.see)
    if scope == ALL or not access.owned:
        return Q()
    return seen_within(scope, by.person_id, units_within(scope, by))


def units_within(scope: Scope, by: Actor) -> list[int]:
    """The units whose records the scope means."""
    if scope == UNIT:
        return list(by.unit_ids)
    return [] if by.unit_id is None else [by.unit_id]


def seen_within(scope: Scope, person_id: Any, unit_ids: Any) -> Q:
    """The records that a scope below ALL means for a person of these units."""
    if scope == OWN:
        return Q(owner_id=person_id)
    seen = Q(unit_id__among=unit_ids) | Q(owner_id=person_id)
    return seen | Q(owner_id=None, unit_id=None) if scope == UNIT else seen


def may_read(by: Actor, sensitivity: str) -> bool:
    """Whether the actor's roles read fields of the sensitivity ("" is plain)."""
    return not sensitivity or by.kind in _machines or bool(by.roles & SENSITIVITY[sensitivity])


def permit(by: Actor, record: Any = None, *, kind: str = "") -> None:
    """The first beat of every action: raises Refused unless the actor may run it on the record.

    Asked at the door only: an action called by another action has been permitted with its caller.
    """
    command = running()
    if command is None or len(command.domains) > 1:
        return
    if not may(by, command.name, record, kind=kind):
        raise Refused(
            _("%(who)s may not do this here.") % {"who": by.name or by.id},
            remedy=_("Ask the owner of the record, a team lead or an administrator."),
            action=command.name,
        )
