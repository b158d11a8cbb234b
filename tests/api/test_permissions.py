"""Every operation of the API with every role: what happens is what the access declarations say, and nothing breaks."""

import pytest

from kinflow.eventlog.models import Entry
from kinflow.records.access import ROLES, accesses, run_on_all
from kinflow.records.faces import registry
from kinflow.records.pages.verbs import action_name, verb_of
from kinflow.web import rates

from .. import factories
from . import given
from .world import SCOPES, Operation, common_records, operations, people_around, records_of, undone

pytestmark = pytest.mark.django_db


LOOKS_FOR_MORE = {"workingcalendar_remove_day"}
"""What answers that a part of the record is not there to those who may."""


@pytest.fixture(autouse=True)
def _unlimited(settings):
    rates.forget()
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 1_000_000)


def kind_of(operation: Operation) -> str:
    """The kind of record that an operation of a record type is about; else ""."""
    slug = operation.path.split("/")[1]
    face = next((face for face in registry.values() if face.slug == slug), None)
    return face.name if face is not None and operation.name.startswith(f"{face.name}_") else ""


def granted(operation: Operation, kind: str) -> dict[str, int]:
    """Scopes by role of what the operation does with records of the kind."""
    face, what = registry[kind], operation.name.removeprefix(f"{kind}_")
    if operation.is_read:
        return accesses[kind].see
    if operation.path.count("/") == 1:
        action = face.create
    elif operation.method == "PATCH":
        action = face.change
    else:
        action = verb_of(face, what).action
    name = action_name(action)
    return accesses[kind].run.get(name) or run_on_all[name]


def sent(caller: given.Caller, operation: Operation, pk: int | None = None):
    """The answer to the operation on a record; what it did is undone."""
    ids = {} if pk is None else {"pk": pk}
    with undone():
        answer = caller.send(operation.method, operation.address(ids), operation.body())
        answer.entries = Entry.objects.count()
    return answer


def expected(operation: Operation, kind: str, role: str, whose: str) -> set[str]:
    """What may come of it: "done" (or refused for what was sent), "refused", "unseen"."""
    access = accesses[kind]
    sees, runs = access.see.get(role, 0), granted(operation, kind).get(role, 0)
    needed = SCOPES[whose] if access.owned and "{pk}" in operation.path else 1
    if "{pk}" in operation.path and sees < needed:
        return {"unseen"}
    if runs < needed:
        return {"refused"}
    return {"done", "unseen"} if operation.name in LOOKS_FOR_MORE else {"done"}


def outcome(status: int) -> str:
    """The kind of an answer."""
    return {403: "refused", 404: "unseen", 401: "stranger"}.get(status, "done" if status < 500 else "broken")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_is_granted_and_nothing_else(role):
    east = factories.unit("East")
    caller = given.caller(role, east)
    owned = {"mine": records_of(caller.person)} | {
        whose: records_of(person) for whose, person in people_around(east).items()
    }
    common = common_records(east, caller.person)
    wrong, seen = [], 0
    for operation in operations():
        kind = kind_of(operation)
        for whose, records in owned.items():
            pk = records.get(kind) or common.get(kind)
            if not kind or ("{pk}" in operation.path and pk is None):
                continue
            answer = sent(caller, operation, pk)
            seen += 1
            if outcome(answer.status_code) not in expected(operation, kind, role, whose):
                wrong.append((operation.name, whose, answer.status_code, answer.content[:200]))
            if kind in common or "{pk}" not in operation.path:
                break
    assert seen > 250
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_lists_hold_what_the_role_may_see(role):
    east = factories.unit("East")
    caller = given.caller(role, east)
    owned = {"mine": records_of(caller.person)} | {
        whose: records_of(person) for whose, person in people_around(east).items()
    }
    for kind in owned["mine"]:
        scope = accesses[kind].see.get(role, 0)
        reached = {records[kind] for whose, records in owned.items() if scope >= SCOPES[whose]}
        told = caller.get(f"/{registry[kind].slug}").json()
        found = {item["id"] for item in told.get("items", ())}
        assert found & {records[kind] for records in owned.values()} == reached, kind


@pytest.mark.parametrize("who", ["auditor", "administrator with a token that reads"])
def test_who_only_reads_leaves_no_trace(who):
    east = factories.unit("East")
    caller = given.caller("auditor", east) if who == "auditor" else given.caller(unit=east, scopes=("read",))
    records = records_of(caller.person) | common_records(east, caller.person)
    before, wrote = Entry.objects.count(), []
    for operation in operations():
        if not operation.is_read:
            answer = sent(caller, operation, records.get(kind_of(operation), 1))
            if answer.entries != before or answer.status_code >= 500:
                wrote.append((operation.name, answer.status_code))
    assert wrote == []


def test_strangers_reach_nothing():
    stranger = given.stranger()
    reached = [each.name for each in operations() if sent(stranger, each, 1).status_code != 401]
    assert reached == []


@pytest.mark.parametrize("role", ROLES)
def test_what_packages_add_breaks_for_nobody(role):
    east = factories.unit("East")
    caller = given.caller(role, east)
    lead = factories.lead(owner=caller.person)
    others = [each for each in operations() if not kind_of(each)]
    broken = [
        (each.name, answer.status_code)
        for each in others
        if (answer := sent(caller, each, lead.pk)).status_code >= 500
    ]
    assert len(others) > 10
    assert broken == []
