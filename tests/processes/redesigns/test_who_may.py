"""Who reads principles, redesigns and the structure, and who makes a design or takes it back: each door, by role."""

from typing import Any

import pytest
from django.test import Client

from kinflow.processes.redesigns.models import Redesign
from kinflow.records.access import ROLES
from tests.processes.execution.given import owner
from tests.processes.studio.test_pages import client_of

from .test_redesigns import ELIMINATE, STEPS, in_operation, process, what_if

pytestmark = pytest.mark.django_db
CHANGE = {"process_owner", "administrator"}
READ = CHANGE | {"team_lead", "auditor"}
__all__ = ["process"]
STRUCTURE = ("chart", "functions", "network", "decisions")


@pytest.fixture
def doors(process: Any) -> tuple[str, str, int]:
    """The addresses of a what-if that is done and of a design, and the design's number."""
    row, made = what_if(process, ELIMINATE), in_operation(owner())
    return f"/processes/{process.pk}/what-ifs/{row.pk}/design", f"/process-design/{made.pk}", made.pk


def posted(client: Client, address: str, **given: Any) -> int:
    return client.post(address, given, content_type="application/json").status_code


@pytest.mark.parametrize("role", ROLES)
def test_who_reads(doors: tuple[str, str, int], role: str) -> None:
    _what_if, design, _pk = doors
    client, api = client_of(role, role), f"/api/v1{design}"
    addresses = [f"{design}/principles/", f"{api}/principles", f"{api}/redesigns", f"{api}/content"]
    found = {each: client.get(each).status_code for each in addresses}
    assert set(found.values()) <= ({200} if role in READ else {403, 404}), found
    shown = (
        STRUCTURE[:1] if role in READ else STRUCTURE
    )  # the others take long, and are read in tests of theirs
    addresses = [f"/api/v1/structure/{each}" for each in shown]
    addresses += [f"/processes/structure/{each}.csv" for each in shown]
    found = {each: client.get(each).status_code for each in addresses}
    assert set(found.values()) == ({200} if role in READ else {403}), found


@pytest.mark.parametrize("role", ROLES)
def test_who_makes_a_design_and_takes_it_back(doors: tuple[str, str, int], role: str) -> None:
    what_if_design, design, pk = doors
    client = client_of(role, role)
    made = posted(client, f"/api/v1{what_if_design}", design=pk, steps=STEPS)
    number = Redesign.objects.get().number if role in CHANGE else 2
    undone = [
        posted(client, f"/api/v1{design}/redesigns/{number}/undo"),
        client.post(f"{design}/redesign/{number}/undo/").status_code,
    ]
    if role in CHANGE:
        assert (made, *undone) == (201, 200, 409)
        assert Redesign.objects.get().undone_number == number + 1
    else:
        assert {made, *undone} <= {403, 404}
        assert not Redesign.objects.exists()
