"""Our own log with all kinds of records: on screen, over the API, and as a file that can be read in again."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from ninja.testing import TestClient

from kinflow.eventlog.models import Entry, Mention
from kinflow.processes.logs.limits import DEFAULT
from kinflow.processes.logs.objects import ObjectLog
from kinflow.processes.logs.ocel_json import read_json
from kinflow.processes.logs.ocel_sqlite import read_sqlite
from kinflow.processes.logs.ocel_xml import read_xml
from kinflow.processes.objects import ocel
from kinflow.processes.objects.api import router
from kinflow.processes.objects.own import own_log
from kinflow.processes.objects.whole import WholeLog, whole_log
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from tests import factories
from tests.processes.definitions.given import OWNER, kept_apart, representative, shipped, worked_lead
from tests.processes.definitions.test_pages import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_apart")]
__all__ = ["kept_apart"]


def test_one_event_is_a_step_of_every_kind_that_it_mentions() -> None:
    shipped()
    account = factories.account()
    contact = factories.contact(account=account)
    worked_lead(representative(), contact=contact)
    log = own_log().log
    assert {"lead", "contact"} <= set(log.kinds)
    page = signed_in(PROCESS_OWNER).get("/processes/objects/?kinds=lead&kinds=contact&show=median")
    words = page.content.decode()
    assert 'data-overlay="median"' in words
    assert "First call" in words
    assert "OCEL 2.0 (SQLite)" in words
    client = TestClient(router)
    asked = {"by": OWNER, "user": SimpleNamespace(is_authenticated=True)}
    told = json.loads(client.get("/processes/objects?kinds=lead", **asked).content)
    assert [kind["key"] for kind in told["kinds"]] == ["lead"]
    ways = {(each["from"], each["to"]) for each in told["directly_follows"]}
    assert ("sales.lead_captured", "sales.lead_assigned") in ways


def from_sqlite(log: WholeLog, folder: Path, into: ObjectLog) -> None:
    ocel.write_sqlite(log, folder / "log.sqlite")
    read_sqlite(folder / "log.sqlite", into, DEFAULT)


def from_json(log: WholeLog, _folder: Path, into: ObjectLog) -> None:
    read_json([piece.encode() for piece in ocel.json_of(log)], into, DEFAULT)


def from_xml(log: WholeLog, _folder: Path, into: ObjectLog) -> None:
    read_xml([piece.encode() for piece in ocel.xml_of(log)], into, DEFAULT)


@pytest.mark.parametrize("way", [from_sqlite, from_json, from_xml])
def test_what_goes_out_as_a_file_is_every_event_with_every_record(
    way: Callable[[WholeLog, Path, ObjectLog], None], tmp_path: Path
) -> None:
    lead = worked_lead(representative())
    read = ObjectLog(DEFAULT)
    way(whole_log(block=3), tmp_path, read)
    entries = Entry.objects.order_by("pk")
    names = read.activities.values
    assert [names[code] for code in read.activity] == list(entries.values_list("name", flat=True))
    assert sorted(set(read.resources.values)) == ["陈宇"]
    mine = read.objects.codes[f"L-{lead.pk}"]
    mentions = Mention.objects.filter(kind="lead", object_id=lead.pk).values("entry").distinct().count()
    assert sum(code == mine for code in read.object) == mentions


def test_the_whole_log_is_for_those_who_may_see_people() -> None:
    answer = signed_in(PROCESS_OWNER).get("/processes/objects/log.jsonocel")
    assert json.loads(b"".join(answer.streaming_content))["objectTypes"]
    lead = signed_in(TEAM_LEAD)
    assert lead.get("/processes/objects/log.jsonocel").status_code == 403
    assert "OCEL" not in lead.get("/processes/objects/").content.decode()
    assert signed_in(REPRESENTATIVE).get("/processes/objects/").status_code == 403
