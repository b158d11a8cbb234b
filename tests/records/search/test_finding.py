"""Any record is found by a few characters, by those who may see it, as soon as the log has been read."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinflow.customers.contacts.actions import change_contact
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.horizon import horizon
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up
from kinflow.records.access import ADMINISTRATOR, AUDITOR, REPRESENTATIVE, TEAM_LEAD
from kinflow.records.models import SearchDocument
from kinflow.records.search.finding import Hit, find
from kinflow.records.search.following import READER
from kinflow.records.search.indexing import index_many, index_objects, rebuild
from kinflow.records.search.pages import commands, mixed
from kinflow.sales.leads.actions import change_lead

from ..pages.visits import query_of, text_of, visit
from ..small_world import actor, contact, lead, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return actor(ADMINISTRATOR)


def found(by, text, **more):
    return [hit.id for hit in find(by, text, kinds=("lead",), **more)]


@pytest.mark.parametrize("text", ["王建", "建国", "wangjian", "wjg", "锅炉", "guolu", "Boil", "BOILER feed"])
def test_characters_pinyin_initials_and_words_find_a_lead(admin, text):
    row = lead("Boiler feed 锅炉给水泵", contact=contact("王建国"))
    lead("Other", contact=contact("赵敏"))
    rebuild()
    assert found(admin, text) == [row.pk]


def test_the_number_finds_exactly_its_record(admin):
    rows = [lead(contact=contact("赵敏")) for _n in range(3)]
    for text in (f"L-{rows[1].pk}", f"l{rows[1].pk}", f"L {rows[1].pk}"):
        assert found(admin, text)[0] == rows[1].pk
    assert found(admin, "L-999999") == []


def test_everybody_finds_only_what_they_may_see():
    east, west = unit("East"), unit("West")
    me, mate, stranger = person("陈宇", east), person("李伟", east), person("孙倩", west)
    mine, theirs, far = (lead("Pumps", owner=who) for who in (me, mate, stranger))
    rebuild()
    assert set(found(actor(REPRESENTATIVE, me), "pumps")) == {mine.pk}
    assert set(found(actor(TEAM_LEAD, me), "pumps")) == {mine.pk, theirs.pk}
    assert set(found(actor(AUDITOR), "pumps")) == {mine.pk, theirs.pk, far.pk}
    assert found(actor(REPRESENTATIVE, me), f"L-{far.pk}") == []


def test_the_reader_keeps_up_with_what_happens(admin):
    row = lead("Old words")
    rebuild()
    catch_up(READER, timezone.now())
    change_lead(lead=row, changes={"need": "New words 离心泵"}, by=SYSTEM)
    READER.handlers["sales.lead_changed"](_last())
    assert found(admin, "离心") == [row.pk]
    assert found(admin, "Old words") == []


def _last():
    return Entry.objects.order_by("-pk").first()


def test_a_record_without_row_leaves_the_index(admin):
    row = lead()
    rebuild()
    SearchDocument.objects.create(kind="lead", object_id=row.pk + 1000, tokens="x", changed_at=timezone.now())
    rebuild(["lead"])
    assert set(SearchDocument.objects.filter(kind="lead").values_list("object_id", flat=True)) == {row.pk}


def test_indexing_twice_changes_nothing(admin):
    row = lead()
    assert index_many("lead", [row]) == 1
    assert index_many("lead", [row]) == 1
    assert SearchDocument.objects.filter(kind="lead").count() == 1


@pytest.mark.parametrize(
    "text", ["", " ", "!", "&|", "'", "\\", "a" * 5000, "王" * 300, "\x00", "%_", "L-", "L-0"]
)
def test_strange_questions_are_answered(admin, text):
    lead()
    rebuild()
    assert isinstance(find(admin, text), list)
    assert visit(admin, "/search/?" + _query(text)).status_code == 200


def _query(text):
    return query_of(q=text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(need=st.text("abc泵阀王-7 ", min_size=2, max_size=20), cut=st.integers(0, 10))
def test_a_lead_is_found_by_any_beginning_of_its_words(admin, need, cut):
    words = need.split()
    if not words or not words[0].strip("-"):
        return
    row = lead(need)
    index_many("lead", [row])
    asked = words[0][: max(2, cut)]
    if len(asked) < 2 or not asked.strip("-"):
        return
    assert row.pk in found(admin, asked, limit=100)


def test_pickers_offer_what_fits(admin):
    row = lead("Boiler feed")
    rebuild()
    answer = visit(admin, "/search/pick?type=lead&q=boil")
    assert f'"id": {row.pk}' in text_of(answer)
    assert text_of(visit(admin, "/search/pick?type=nothing&q=x")) == "[]"
    assert "Boiler" in text_of(visit(admin, "/search/pick?type=lead&q="))


def test_the_condition_editor_hears_how_a_condition_reads(admin):
    told = visit(
        admin, '/conditions/sentence?type=lead&condition={"field":"score","op":"at_least","value":40}'
    )
    assert "40" in text_of(told)
    assert "pointer" in text_of(visit(admin, '/conditions/sentence?type=lead&condition={"field":"x"}'))


def test_the_palette_offers_places_and_new_records_within_what_the_person_may(admin):
    assert any(command.url == "/leads/new/" for command in commands(admin, "lead"))
    assert not any(command.url == "/leads/new/" for command in commands(actor(AUDITOR), "lead"))


def test_the_palette_knows_pages_below_places_and_help(admin):
    assert any(command.url == "/scorings/" for command in commands(admin, "scoring"))
    assert [command.url for command in commands(admin, "")][:2] == ["/", "/accounts/"], "places stand first"
    assert any(command.url == "/help/import/" for command in commands(admin, "help import"))


def test_no_kind_hides_the_others_in_the_palette():
    hits = [Hit("case", n, "", "") for n in range(20)] + [Hit("lead", 1, "", "")]
    kinds = [hit.kind for hit in mixed(hits)]
    assert kinds[:4] == ["case", "case", "case", "lead"]
    assert len(kinds) == 12


def test_contacts_are_found_by_digits_of_a_phone_and_parts_of_an_address(admin):
    row = contact("王建国", phone="+8613812345678", email="jianguo.wang@haitian.example")
    contact("赵敏")
    rebuild()
    for text in ("13812345", "2345678", "138 1234 5678", "jianguo.wang", "haitian"):
        assert [hit.id for hit in find(admin, text, kinds=("contact",))] == [row.pk], text


def test_sensitive_words_find_nothing_for_those_who_may_not_read_them():
    contact("王建国", phone="+8613812345678")
    rebuild()
    auditor = actor(AUDITOR)
    assert find(auditor, "13812345", kinds=("contact",)) == []
    assert len(find(auditor, "王建", kinds=("contact",))) == 1


def test_the_index_is_rebuilt_by_a_command(admin, capsys):
    row = lead("Boiler feed")
    call_command("rebuild_search", "lead")
    assert found(admin, "boil") == [row.pk]
    assert "lead: 1" in capsys.readouterr().out


def test_a_renamed_contact_is_found_through_its_leads(admin):
    whom = contact("王建国")
    row = lead("", contact=whom)
    rebuild()
    change_contact(contact=whom, changes={"family_name": "欧阳", "given_name": "静"}, by=SYSTEM)
    index_objects("contact", [whom.pk], seen_tx=horizon())
    assert found(admin, "阳静") == [row.pk]
    assert found(admin, "建国") == []
