"""The log in the browser: who may read it, what it says, what it hides, and how it pages."""

import csv
import io

import pytest
from django.test import RequestFactory
from django.utils import timezone

from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Refused
from kinflow.records.access import ADMINISTRATOR, AUDITOR, PROCESS_OWNER, ROLES
from kinflow.records.log.pages import browser, entry_page, export, news
from kinflow.records.log.wanted import wanted_from
from kinflow.records.log.words import event_choices
from kinflow.sales.leads.actions import change_lead, disqualify_lead
from tests.records.pages.visits import text_of
from tests.records.small_world import lead, person

pytestmark = pytest.mark.django_db

READERS = (ADMINISTRATOR, AUDITOR, PROCESS_OWNER)


def actor(role: str) -> Actor:
    return Actor("person", f"user:{role}", role, roles=frozenset({role}))


def ask(view, role: str = ADMINISTRATOR, address: str = "/log/", **more):
    request = RequestFactory().get(address)
    request.by = actor(role)
    return getattr(view, "__wrapped__", view)(request, **more)


def shown(address: str = "/log/", role: str = ADMINISTRATOR) -> str:
    return text_of(ask(browser, role, address=address + ("&" if "?" in address else "?") + "part=rows"))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("view", [browser, news, export])
def test_only_some_roles_read_the_log(role, view):
    if role in READERS:
        assert ask(view, role).status_code == 200
    else:
        with pytest.raises(Refused):
            ask(view, role)


def test_a_token_for_one_kind_of_record_does_not_read_the_log():
    request = RequestFactory().get("/log/")
    request.by = Actor("person", "1", roles=frozenset({ADMINISTRATOR}), scopes=frozenset({"lead:read"}))
    with pytest.raises(Refused):
        getattr(browser, "__wrapped__", browser)(request)


def test_entries_are_told_in_words_and_markup_stays_text():
    lead(need="<script>alert(1)</script>")
    text = shown()
    assert "captured lead" in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def test_the_log_is_filtered_by_event_record_actor_and_day():
    first, second = lead(need="First"), lead(need="Second")
    disqualify_lead(lead=first, reason="no_need", by=actor(ADMINISTRATOR))
    assert "disqualified" not in shown("/log/?event=sales.lead_captured")
    assert "Second" not in shown(f"/log/?record=L-{first.pk}")
    assert "First" in shown(f"/log/?record=l{first.pk}")
    assert "captured" not in shown(f"/log/?kind=person&actor=user:{ADMINISTRATOR}")
    assert "disqualified" in shown("/log/?event=topic:sale")
    today = timezone.localdate().isoformat()
    assert "First" in shown(f"/log/?since={today}&until={today}")
    assert "First" not in shown("/log/?until=2001-01-01")
    assert second.pk


@pytest.mark.parametrize(
    "query",
    [
        "event=nothing",
        "event=topic:x",
        "record=whatever",
        "since=yesterday",
        "since=9999-12-31&until=9999-12-31",
    ],
)
def test_what_means_nothing_is_said_and_does_no_harm(query):
    text = text_of(ask(browser, address=f"/log/?{query}"))
    assert 'role="alert"' in text
    assert ask(browser, address="/log/?before=x&actor=%00&record=L-999999999999999999").status_code == 200


def test_pages_follow_each_other_without_doubles_or_gaps():
    for number in range(30):
        lead(need=f"Need {number}")
    seen: list[int] = []
    before = ""
    while True:
        text = shown(f"/log/?{before}")
        seen += [int(part.split('"')[0]) for part in text.split('id="entry-')[1:]]
        if "before=" not in text:
            break
        before = "before=" + text.rsplit("before=", 1)[1].split("&")[0]
    assert seen == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))


def test_an_entry_shows_old_and_new_values_and_its_cause():
    item = lead(need="Old need")
    captured = Entry.objects.get(name="sales.lead_captured")
    change_lead(lead=item, changes={"need": "New need"}, by=SYSTEM.because_of(captured.pk, captured.depth))
    changed = Entry.objects.latest("pk")
    text = text_of(ask(entry_page, pk=changed.pk))
    assert '<td class="wrap">Old need</td><td class="wrap">New need</td>' in text
    assert f"/log/{captured.pk}/" in text
    assert f"/log/{changed.pk}/" in text_of(ask(entry_page, pk=captured.pk)), "and a cause names its effect"


def test_values_stay_hidden_from_those_who_may_not_read_them():
    item = lead()
    disqualify_lead(lead=item, reason="no_need", note="His mother is ill", by=SYSTEM)
    change_lead(lead=item, changes={"notes": "Knows the minister", "need": "Open need"}, by=SYSTEM)
    for entry in Entry.objects.filter(name__startswith="sales.lead_"):
        for role in (AUDITOR, PROCESS_OWNER):
            text = text_of(ask(entry_page, role, pk=entry.pk))
            assert "mother" not in text
            assert "minister" not in text
    everything = "".join(
        text_of(ask(entry_page, pk=entry.pk))
        for entry in Entry.objects.filter(name__startswith="sales.lead_")
    )
    assert "mother" in everything
    assert "minister" in everything
    file = b"".join(ask(export, AUDITOR)).decode()
    assert "mother" not in file
    assert "minister" not in file


def test_what_is_new_is_counted():
    lead()
    newest = Entry.objects.latest("pk").pk
    assert text_of(ask(news, address=f"/log/new/?since_id={newest}")).strip() == ""
    lead(need="Another")
    assert "new entr" in text_of(ask(news, address=f"/log/new/?since_id={newest}"))


def test_the_file_holds_every_entry_and_no_formula():
    lead(need="=cmd|' /C calc'!A0")
    for number in range(3):
        lead(need=f"Need {number}")
    answer = ask(export)
    assert answer.streaming
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert len(rows) == 1 + Entry.objects.count()
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)


def test_a_page_of_the_log_takes_few_queries(django_assert_max_num_queries):
    for number in range(20):
        lead(need=f"Need {number}", owner=person())
    with django_assert_max_num_queries(12):
        ask(browser)


def test_every_event_has_words_to_choose_it_by():
    labels = [label for _topic, choices in event_choices() for _name, label in choices]
    assert labels
    assert not any("{" in label or not label for label in labels)


def test_an_address_gives_itself_back():
    wanted = wanted_from({"event": "sales.lead_captured", "record": "L-7", "x": "y", "before": "9"})
    assert wanted.query() == "event=sales.lead_captured&record=L-7"
    assert wanted.before == 9
