"""Decision tables: kept by versions, checked, tried on records, taken from DMN files and written as such."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.decisions.actions import (
    TableNeeded,
    change_table,
    in_use,
    put_table_live,
    remove_table,
    take_table_off,
)
from kinflow.automation.decisions.api import router
from kinflow.automation.decisions.deciding import draft_of
from kinflow.automation.decisions.dmn import MOST_BYTES, read_dmn
from kinflow.automation.decisions.dmn_writing import write_dmn
from kinflow.automation.decisions.models import DecisionTable
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.records.access import ROLES
from kinflow.records.changing import Stale

from . import given
from .authority_given import policy
from .decisions_given import RANKS, content, table
from .doors import page_status, route_status
from .test_pages import visit

pytestmark = pytest.mark.django_db
client = TestClient(NinjaAPI(urls_namespace="decisions"))
client.router_or_app.add_router("", router)
BY = given.OWNER


def wrong(errors):
    return {error.pointer for error in errors.value.errors}


def test_another_content_is_a_draft_until_it_is_put_live():
    made = table()
    changed = change_table(decisiontable=made, changes={"content": content(("-", "same"))}, seen=1, by=BY)
    assert (changed.number, changed.live_number) == (2, 1)
    assert draft_of(changed, 1).table.rows != draft_of(changed, 2).table.rows
    with pytest.raises(Stale):
        change_table(decisiontable=made, changes={"name": "Other"}, seen=1, by=BY)
    assert put_table_live(decisiontable=made, by=BY).live_number == 2
    told = Entry.objects.filter(name__startswith="automation.table_").order_by("pk")
    assert [entry.name.split(".")[1] for entry in told] == [
        "table_added",
        "table_put_live",
        "table_changed",
        "table_put_live",
    ]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"inputs": [{"expression": "record.nothing"}]}, "/content/inputs/0/expression"),
        ({"inputs": [{"expression": "record.unit"}]}, "/content/inputs/0/expression"),
        ({"inputs": [{"expression": "event.discount"}]}, "/content/inputs/0/expression"),
        ({"inputs": []}, "/content/inputs"),
        ({"outputs": [{"name": "Not So", "sort": "text"}]}, "/content/outputs/0/name"),
        ({"outputs": [{"name": "rank", "sort": "colour"}]}, "/content/outputs/0/sort"),
        ({"hit": "best"}, "/content/hit"),
        ({"hit": "collect", "collect": "sum"}, "/content/collect"),
        ({"hit": "priority"}, "/content/outputs/0/values"),
        ({"rows": [{"when": ["many"], "then": ["x"]}]}, "/content/rows/0/when/0"),
        ({"rows": [{"when": ["1", "2"], "then": ["x"]}]}, "/content/rows/0/when"),
        ({"rows": [{"when": ["1"], "then": ["=record.seniority"]}]}, "/content/rows/0/then/0"),
        ({"rows": [{"when": ["1"], "then": ["=__import__('os')"]}]}, "/content/rows/0/then/0"),
        ({"rows": [{"when": ["1"], "then": ["x" * 301]}]}, "/content/rows/0/then/0"),
        ({"rows": "all"}, "/content/rows"),
    ],
)
def test_what_is_wrong_is_named_at_its_place_and_nothing_is_kept(change, pointer):
    with pytest.raises(Invalid) as errors:
        table(content=RANKS | change)
    assert wrong(errors) == {pointer}
    assert not DecisionTable.objects.exists()


def test_a_table_whose_rows_contradict_each_other_is_kept_as_a_draft_only():
    made = table(is_live=False, content=content(("> 3", "senior"), ("> 2", "junior"), hit="unique"))
    with pytest.raises(Invalid) as errors:
        put_table_live(decisiontable=made, by=BY)
    assert "Seniority: 4" in errors.value.errors[0].message
    made.refresh_from_db()
    assert made.live_number is None


def test_a_table_that_something_uses_stays():
    made = table()
    in_use.append(lambda row: "A process needs it." if row.pk == made.pk else "")
    try:
        for act in (take_table_off, remove_table):
            with pytest.raises(TableNeeded):
                act(decisiontable=made, by=BY)
    finally:
        in_use.pop()
    assert take_table_off(decisiontable=made, by=BY).live_number is None
    remove_table(decisiontable=made, by=BY)
    assert not DecisionTable.objects.exists()


def ask(method, path, by=BY, **body):
    user = SimpleNamespace(is_authenticated=True)
    return client.request(method, path, json=body or None, by=by, user=user)


def test_a_trial_tells_the_row_that_decides_over_the_api_and_on_the_page():
    made, person = table(), given.person("陈", given.unit(), seniority=5)
    told = ask("POST", f"/{made.pk}/try", record=person.pk).json()
    assert told == {"inputs": {"record.seniority": "5"}, "rows": [1], "outputs": {"rank": "senior"}}
    shown = visit(BY, f"/decisions/{made.pk}/try/?record={person.pk}").content.decode()
    assert "senior" in shown
    assert shown.count('class="hit"') == 1
    nobody = visit(BY, f"/decisions/{made.pk}/try/?record=999999").content.decode()
    assert "There is no such record" in nobody


def test_who_may_not_read_a_field_is_not_told_by_a_trial():
    asked = content(("> 1000", "large"), about="record.amount")
    made = table(kind="opportunity", content=asked)
    agent = given.actor(given.person("孙", given.unit(), roles=("service_agent",)))
    with pytest.raises(Refused):
        ask("POST", f"/{made.pk}/try", by=agent, record=1)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_tables_and_process_owners_change_them(role):
    made = table()
    by = given.actor(given.person("周", given.unit(), roles=(role,)))
    may = role in ("process_owner", "administrator")
    assert route_status(client, "GET", f"/{made.pk}", by) == 200
    assert page_status(by, f"/decisions/{made.pk}/") == page_status(by, "/decisions/") == 200
    assert route_status(client, "PATCH", f"/{made.pk}", by, changes={"name": "New"}) == (200 if may else 403)
    assert page_status(by, f"/decisions/{made.pk}/live/", _post=True) in ((200, 302) if may else (403,))
    for method, path in (("POST", f"/{made.pk}/live"), ("DELETE", f"/{made.pk}/live")):
        assert route_status(client, method, path, by, number=1) == (200 if may else 403)
    sent = {"kind": "person", "name": "Others", "content": made.versions.first().content}
    assert route_status(client, "POST", "", by, **sent) == (201 if may else 403)
    assert [route_status(client, "GET", each, by) for each in ("", f"/{made.pk}/dmn")] == [200, 200]
    assert route_status(client, "DELETE", f"/{made.pk}", by) == (204 if may else 403)


FORM = {
    "kind": "person",
    "name": "Ranks",
    "hit": "unique",
    "inputs": "1",
    "outputs": "1",
    "rows": "1",
    "in:0:expression": "record.seniority",
    "out:0:name": "rank",
    "out:0:sort": "text",
    "row:0:when:0": "> 3",
    "row:0:then:0": "senior",
}


def test_the_editor_adds_rows_before_it_keeps_them_and_names_wrong_cells():
    shown = visit(BY, "/decisions/new/", _post=True, edit="add-row", **FORM).content.decode()
    assert 'name="row:1:when:0"' in shown
    shown = visit(BY, "/decisions/new/", _post=True, edit="up-row:0", **FORM).content.decode()
    assert "No row holds for" in shown
    assert "Seniority: 2" in shown
    refused = visit(BY, "/decisions/new/", _post=True, **FORM | {"row:0:when:0": "many"})
    assert refused.status_code == 422
    assert "“many” is no number" in refused.content.decode()
    assert not DecisionTable.objects.exists()
    assert visit(BY, "/decisions/new/", _post=True, **FORM).status_code == 302
    assert DecisionTable.objects.get().name == "Ranks"


def dmn(inside, version="20191111"):
    return f"""<definitions xmlns="https://www.omg.org/spec/DMN/{version}/MODEL/" name="d"><decision name="Rank">
    <decisionTable hitPolicy="FIRST">{inside}</decisionTable></decision></definitions>""".encode()


INSIDE = """<input label="Seniority"><inputExpression typeRef="number"><text>seniority</text></inputExpression></input>
<output name="Rank" typeRef="string"><outputValues><text>"senior","junior"</text></outputValues></output>
<rule><inputEntry><text>&gt;= 4</text></inputEntry><outputEntry><text>"senior"</text></outputEntry></rule>
<rule><description>rest</description><inputEntry><text>-</text></inputEntry><outputEntry><text>"junior"</text></outputEntry>
</rule>"""


def test_a_dmn_file_of_any_version_becomes_a_table_and_a_file_again():
    for version in ("20151101", "20180521", "20191111", "20211108"):
        found = read_dmn(dmn(INSIDE, version), "person")
        assert found.name == "Rank"
        assert found.content["inputs"][0]["expression"] == "record.seniority"
        assert found.content["rows"][1] == {"when": ["-"], "then": ["junior"], "note": "rest"}
    made = table(content=found.content)
    again = read_dmn(write_dmn(made.name, draft_of(made, 1)), "person")
    assert again.content["rows"] == found.content["rows"]
    assert again.content["outputs"][0]["values"] == ["senior", "junior"]


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"no xml",
        b"<html/>",
        b'<!DOCTYPE d [<!ENTITY a "b">]>' + dmn(INSIDE),
        b" " * (MOST_BYTES + 1),
        dmn(INSIDE).replace(b"FIRST", b"OUTPUT ORDER"),
        dmn("").replace(b"decisionTable", b"literalExpression"),
    ],
)
def test_what_is_no_dmn_table_is_refused_with_a_reason(file):
    with pytest.raises(Invalid) as errors:
        read_dmn(file, "person")
    assert wrong(errors) == {"/file"}


def test_a_bomb_of_entities_is_called_what_it_is():
    bomb = b'<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "' + b"&a;" * 10 + b'">]>' + dmn(INSIDE)
    with pytest.raises(Invalid) as refused:
        read_dmn(bomb.replace(b'name="', b'name="&b;', 1), "person")
    assert "document type" in str(refused.value.errors[0].message)


def test_conditions_of_a_file_that_name_no_field_are_shown_in_the_editor_to_be_chosen():
    file = SimpleUploadedFile("t.dmn", dmn(INSIDE.replace("eniority", "hoe size")))
    shown = visit(BY, "/decisions/import/", _post=True, kind="person", file=file)
    assert "hoe size" in shown.content.decode()
    assert shown.status_code == 422
    assert not DecisionTable.objects.exists()


def test_a_table_without_a_name_is_told_so_at_its_name():
    refused = visit(BY, "/decisions/new/", _post=True, **FORM | {"name": ""})
    assert '<p class="error" id="in-name-error">Give it a name.</p>' in refused.content.decode()


def test_an_outcome_is_headed_in_the_readers_language():
    shown = policy().table
    assert "Who decides" in visit(BY, f"/decisions/{shown.pk}/").content.decode()
    with translation.override("zh-hans"):
        head = re.search("就</span>(.*)\n", visit(BY, f"/decisions/{shown.pk}/").content.decode())
    assert head is not None
    assert head[1].strip() == "谁决定"
