"""Who is told what, from the log, once."""

import pytest
from django.utils import timezone

from kinflow.automation.notices.following import NAME, follow
from kinflow.automation.notices.models import Notice
from kinflow.automation.notices.queries import notices_of, shown, unread
from kinflow.customers.activities.actions import log_activity
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Cursor, Entry
from kinflow.eventlog.readers import catch_up, readers
from kinflow.organisation.users.actions import create_user
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import ADMINISTRATOR, REPRESENTATIVE
from kinflow.sales.leads.actions import assign_lead, change_lead, disqualify_lead
from tests import factories
from tests.factories import lead

pytestmark = pytest.mark.django_db(transaction=True)

ADMIN = Actor("person", "user:1", "Admin", roles=frozenset({ADMINISTRATOR}))


def employee(name="陈宇"):
    return factories.person(name[:1], name[1:], roles=(REPRESENTATIVE,))


def catch_up_all():
    while catch_up(readers[NAME], timezone.now()):
        pass


@pytest.fixture(autouse=True)
def _from_the_start():
    Cursor.objects.update_or_create(pk=NAME, defaults={"tx": 0, "entry_id": -1})


def told(to):
    return [(notice.kind, notice.url) for notice in notices_of(to.pk)]


def test_who_is_given_an_item_is_told():
    chen, item = employee(), lead()
    assign_lead(lead=item, person=chen, by=SYSTEM)
    catch_up_all()
    assert told(chen) == [("assigned", f"/leads/{item.pk}/")]
    assert unread(chen.pk) == 1


def test_who_takes_an_item_themselves_is_not_told():
    chen, item = employee(), lead()
    by = actor_of_person(chen, frozenset({ADMINISTRATOR}))
    assign_lead(lead=item, person=chen, by=by)
    change_lead(lead=item, changes={"need": "Another"}, by=by)
    catch_up_all()
    assert told(chen) == []


def test_the_owner_is_told_when_a_colleague_changes_or_closes_their_item():
    chen = employee()
    item = lead(owner=chen)
    change_lead(lead=item, changes={"need": "Another"}, by=ADMIN)
    disqualify_lead(lead=item, reason="no_need", by=ADMIN)
    catch_up_all()
    assert [kind for kind, _url in told(chen)] == ["changed", "changed", "assigned"]


def test_a_change_by_the_machine_itself_is_no_news():
    chen = employee()
    item = lead(owner=chen)
    change_lead(lead=item, changes={"score": 7}, by=SYSTEM)
    catch_up_all()
    assert [kind for kind, _url in told(chen)] == ["assigned"]


@pytest.mark.parametrize("text", ["@陈宇 请看一下", "请@陈宇看", "hello @陈宇, please"])
def test_who_is_called_in_a_note_is_told(text):
    chen = employee()
    item = lead(owner=chen)
    log_activity(kind="note", subject=text, about=item, by=ADMIN)
    catch_up_all()
    assert ("mentioned", f"/leads/{item.pk}/") in told(chen)


@pytest.mark.parametrize("text", ["陈宇", "mail@陈宇", "a.b@example.com", "@陈", "@@", "@\x01" * 50])
def test_other_texts_call_nobody(text):
    chen = employee()
    item = lead(owner=chen)
    log_activity(kind="note", subject=text, about=item, by=ADMIN)
    catch_up_all()
    assert "mentioned" not in dict(told(chen))


def test_a_call_about_what_somebody_may_not_see_tells_them_nothing():
    stranger, chen = employee("林晓"), employee()
    log_activity(kind="note", subject="@林晓 look", about=lead(owner=chen), by=ADMIN)
    catch_up_all()
    assert told(stranger) == []


def test_reading_the_log_again_tells_nothing_twice():
    chen, item = employee(), lead()
    assign_lead(lead=item, person=chen, by=SYSTEM)
    catch_up_all()
    Cursor.objects.filter(pk=NAME).update(tx=0, entry_id=-1)
    catch_up_all()
    entry = Entry.objects.prefetch_related("mentions").get(name="sales.lead_assigned")
    follow(entry)
    follow(entry)
    assert Notice.objects.count() == 1


def test_a_notice_tells_its_entry_in_words_without_a_query_for_each(django_assert_max_num_queries):
    chen = employee()
    for number in range(5):
        assign_lead(lead=lead(need=f"Pump <b>{number}"), person=chen, by=SYSTEM)
    catch_up_all()
    with django_assert_max_num_queries(7):
        lines = shown(notices_of(chen.pk), actor_of_person(chen))
    assert lines[0].told.text.startswith("Kinflow gave Pump <b>4 to ")
    assert "&lt;b&gt;" in lines[0].told.html


def test_the_open_pages_of_who_is_told_hear_of_it_at_once(monkeypatch):
    heard = []
    monkeypatch.setattr(
        "kinflow.automation.notices.following.tell",
        lambda user_ids, topic: heard.append((sorted(user_ids), topic)),
    )
    chen, item = employee(), lead()
    user = create_user(login="chen", password="pumps-and-valves-7", person=chen, by=SYSTEM)
    assign_lead(lead=item, person=chen, by=SYSTEM)
    catch_up_all()
    assert heard == [([user.pk], "notices")]
