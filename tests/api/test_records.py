"""Lists, records, timelines and writes of record types."""

import json
from decimal import Decimal

import pytest

from kinflow.records import access
from kinflow.sales.leads.actions import change_lead
from kinflow.sales.leads.models import Lead
from kinflow.web import rates

from .. import factories
from . import given

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts():
    rates.forget()


@pytest.fixture
def boss():
    return given.caller()


def test_a_record_is_made_read_changed_and_run_through_its_verbs(boss):
    contact = factories.contact()
    made = boss.post("/leads", {"contact": contact.pk, "need": "Two pumps", "source": "web"})
    assert made.status_code == 201, made.content
    pk = made.json()["result"]["id"]
    assert made["Location"] == f"/api/v1/leads/{pk}"
    read = boss.get(f"/leads/{pk}")
    assert read.json()["fields"]["need"] == "Two pumps"
    assert read.json()["fields"]["contact"] == {"kind": "contact", "id": contact.pk, "title": "王建国"}
    assert "qualify" in read.json()["verbs"]
    changed = boss.patch(f"/leads/{pk}", {"changes": {"need": "Three pumps", "product": None}})
    assert changed.json()["record"]["fields"]["need"] == "Three pumps"
    done = boss.post(f"/leads/{pk}/do/qualify")
    assert done.json()["record"]["fields"]["stage"] == "qualified", done.content
    account = factories.account()
    turned = boss.post(f"/leads/{pk}/do/convert", {"account": account.pk, "amount": "12.50"})
    assert turned.status_code == 200, turned.content
    assert turned.json()["result"]["kind"] in ("opportunity", "lead")
    told = boss.get(f"/leads/{pk}/timeline", limit=2).json()
    assert len(told["items"]) == 2
    older = boss.get(f"/leads/{pk}/timeline", cursor=told["next"]).json()
    assert older["items"][-1]["name"] == "sales.lead_captured"
    assert older["items"][-1]["by"] == boss.person.name


def test_lists_are_filtered_sorted_and_show_the_fields_that_were_asked_for(boss):
    for score in (10, 50, 90):
        factories.lead(score=score, contact=factories.contact(given_name=str(score)))
    where = json.dumps({"field": "score", "op": "at_least", "value": 40})
    told = boss.get("/leads", where=where, sort="-score", fields="score,need").json()
    assert [item["fields"] for item in told["items"]] == [
        {"score": 90, "need": "Boiler feed pumps"},
        {"score": 50, "need": "Boiler feed pumps"},
    ]
    assert told["next"] is None


def test_pages_go_through_ties_once_each_while_records_come(boss):
    for number in range(7):
        factories.lead(score=5, contact=factories.contact(given_name=str(number)))
    wanted = set(Lead.objects.values_list("pk", flat=True))
    seen, cursor = [], ""
    while True:
        told = boss.get("/leads", sort="-score", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [item["id"] for item in told["items"]]
        factories.lead(score=9, contact=factories.contact(given_name=f"n{len(seen)}"))
        cursor = told["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == wanted


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"sort": "nothing"}, "sort"),
        ({"fields": "score,nothing"}, "fields"),
        ({"view": "nothing"}, "view"),
        ({"cursor": "nothing"}, "cursor"),
        ({"limit": "201"}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"colour": "red"}, "colour"),
        ({"where": "{"}, "where"),
        ({"where": '{"field": "colour", "op": "is", "value": 1}'}, "where"),
    ],
)
def test_what_a_list_does_not_know_is_named(boss, query, field):
    answer = boss.get("/leads", **query)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["errors"][0]["field"] == field
    assert told["errors"][0]["message"]


def test_a_change_of_what_somebody_else_changed_is_refused(boss):
    lead = factories.lead()
    read = boss.get(f"/leads/{lead.pk}")
    change_lead(lead=lead, changes={"need": "Another"}, by=factories.admin())
    path = f"/leads/{lead.pk}"
    late = boss.patch(path, {"changes": {"score": 5}}, If_Match=read["ETag"])
    assert late.status_code == 412
    assert late.json()["remedy"]
    stale = boss.patch(path, {"changes": {"need": "Mine"}, "seen": {"need": "Boiler feed pumps"}})
    assert stale.status_code == 409
    assert (stale.json()["now"], stale.json()["errors"][0]["field"]) == ("Another", "need")
    fresh = boss.get(path)["ETag"]
    assert boss.patch(path, {"changes": {"need": "Mine"}}, If_Match=fresh).status_code == 200


def test_hidden_fields_are_neither_read_nor_asked_about():
    pk = factories.opportunity(amount=Decimal(1000)).pk
    agent = given.caller("service_agent")
    assert "amount" not in agent.get(f"/opportunities/{pk}").json()["fields"]
    assert agent.get("/opportunities", fields="amount").status_code == 422
    assert agent.get("/opportunities", sort="amount").status_code == 422
    where = json.dumps({"field": "amount", "op": "more_than", "value": 1})
    assert agent.get("/opportunities", where=where).status_code == 422


def test_hidden_fields_are_not_written(monkeypatch):
    monkeypatch.setitem(access.SENSITIVITY, "personal", frozenset())
    seller = given.caller("representative")
    path = f"/leads/{factories.lead(owner=seller.person).pk}"
    assert seller.patch(path, {"changes": {"score": 7}}).status_code == 200
    for body in ({"changes": {"notes": "x"}}, {"changes": {}, "seen": {"notes": "x"}}):
        refused = seller.patch(path, body)
        assert refused.status_code == 403
        assert refused.json()["errors"][0]["field"] == "notes"


def test_a_timeline_hides_what_the_reader_may_not_read():
    lead = factories.lead()
    change_lead(lead=lead, changes={"notes": "secret", "score": 8}, by=factories.admin())
    told = given.caller("process_owner").get(f"/leads/{lead.pk}/timeline")
    assert "secret" not in told.content.decode()
    assert told.json()["items"][0]["values"]["changes"] == {"notes": ["…", "…"], "score": [0, 8]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "contact"),
        ({"contact": 999999}, "contact"),
        ({"contact": "L-1"}, "contact"),
        ({"contact": True}, "contact"),
        ({"contact": 2**70}, "contact"),
        ({"contact": 1, "colour": "red"}, "colour"),
        ({"contact": 1, "score": "ten"}, "score"),
        ({"contact": 1, "score": 10**400}, "score"),
        ({"contact": 1, "source": "moon"}, "source"),
        ({"contact": 1, "owner": []}, "owner"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_wrong_values_are_named_in_the_callers_language(boss, body, field, language):
    answer = boss.post("/leads", body, Accept_Language=language)
    assert answer.status_code == 422, answer.content
    named = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert field in named
    assert named[field].isascii() == (language == "en"), named


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"\xff\xfe",
        b'{"need": "\\u0000"}',
        b'{"need": "\\ud800"}',
        b'{"need": NaN}',
        b'{"need": 1, "need": 2}',
        b"[" * 100_000,
        b'{"a":' * 30 + b"1" + b"}" * 30,
        b'{"score": ' + b"9" * 5000 + b"}",
    ],
)
def test_bodies_that_are_no_json_are_refused(boss, raw):
    answer = boss.client.generic(
        "POST", "/api/v1/leads", raw, content_type="application/json", headers=boss.headers
    )
    assert answer.status_code == 400, answer.content
    assert answer.json()["code"] == "not-understood"


def test_bodies_too_large_or_of_another_type_are_refused(boss, settings):
    assert boss.post("/leads", {"need": "x" * 3_000_000}).status_code == 413
    answer = boss.client.post("/api/v1/leads", {"need": "x"}, headers=boss.headers)
    assert answer.status_code == 415


def test_what_cannot_be_done_at_an_address_is_told(boss):
    answer = boss.send("DELETE", "/leads")
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert "POST" in answer["Allow"]
    assert boss.get("/nothing").json()["code"] == "not-found"
    assert boss.get("/leads/" + "9" * 30).status_code in (404, 422)
    assert boss.get("/search", q="\x00").status_code == 400


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/pipelines", {"name": "x", "stages": [["a"]]}, "stages"),
        ("/pipelines", {"name": "x", "stages": [["a", "b", "c", {}]]}, "stages"),
        ("/calendars", {"name": "x", "week": {"1": 5}}, "week"),
        ("/accounts", {"name": "x", "website": "x" * 999}, "website"),
        ("/contacts", {"family_name": "x" * 999}, "family_name"),
        ("/scorings", {"kind": "lead", "name": "x", "criteria": [{"kind": 5}]}, "criteria"),
    ],
)
def test_structures_and_lengths_are_checked_before_anything_is_done(boss, path, body, field):
    answer = boss.post(path, body)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {field}


def test_structures_are_taken(boss):
    stages = [["first", "First", "第一", 10], ["second", "Second", "第二", 60]]
    made = boss.post("/pipelines", {"name": "Key accounts", "stages": stages})
    assert made.status_code == 201, made.content
    week = {"1": [["08:30", "12:00"]]}
    assert boss.post("/calendars", {"name": "Mornings", "week": week}).status_code == 201


def test_who_sends_what_is_not_there_is_told_what_is(boss):
    answer = boss.post("/leads", {"contact": 1, "colour": "red", "shape": 3})
    assert [error["field"] for error in answer.json()["errors"]] == ["colour", "shape"]
    assert "contact, need, product" in answer.json()["remedy"]
    nested = boss.patch(f"/leads/{factories.lead().pk}", {"changes": {"colour": "red"}}).json()
    assert [(e["field"], e["pointer"]) for e in nested["errors"]] == [("colour", "/changes/colour")]


def test_records_are_named_by_number_with_the_letters_of_their_kind(boss):
    contact = factories.contact()
    wrong = boss.post("/leads", {"contact": f"L-{contact.pk}", "need": "x"})
    assert wrong.status_code == 422
    assert boss.post("/leads", {"contact": f"k-{contact.pk}", "need": "x"}).status_code == 201


def test_search_finds_what_the_caller_may_see(boss):
    lead = factories.lead()
    told = boss.get("/search", q=f"L-{lead.pk}", kinds="lead").json()
    assert [item["number"] for item in told["items"]] == [f"L-{lead.pk}"]
    assert given.caller("representative").get("/search", q=f"L-{lead.pk}").json()["items"] == []
    assert boss.get("/search", q="x", kinds="planet").status_code == 422


def test_me_says_what_the_caller_may_do():
    told = given.caller("representative").get("/me").json()
    assert told["roles"] == ["representative"]
    assert told["records"]["lead"]["see"] == "own"
    assert "assign" not in told["records"]["lead"]["verbs"]
