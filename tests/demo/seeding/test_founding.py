"""The demo company in the database: under the laws, as its log says, and ready to be looked at by everybody."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.utils import translation

from kinflow.automation.authority.models import Policy
from kinflow.automation.authority.report import report_of
from kinflow.automation.notices.models import Notice
from kinflow.automation.pool.models import PoolHolding
from kinflow.automation.rules.following import NAME as RULES
from kinflow.automation.rules.models import Rule
from kinflow.customers.models import Account, Activity, Contact
from kinflow.demo.happenings import KINDS
from kinflow.demo.seeding.founding import AlreadyFounded, found
from kinflow.demo.seeding.history import take_over_history
from kinflow.demo.seeding.noticing import LATE, UNREAD
from kinflow.demo.seeding.segments_and_pool import SEGMENTS
from kinflow.demo.seeding.tellers import TELLERS
from kinflow.demo.seeding.working_by_itself import LATE as SINCE
from kinflow.demo.seeding.working_by_itself import SWITCHED_ON
from kinflow.demo.sign_ins import PASSWORD, SIGN_INS
from kinflow.demo.volumes import Volumes
from kinflow.demo.world import build
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Cursor, Entry, Mention
from kinflow.eventlog.narration import narrate
from kinflow.eventlog.readers import readers
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Person, Unit
from kinflow.records.models import SearchDocument
from kinflow.records.segments.models import Segment, SegmentSize
from kinflow.sales.models import Lead, Opportunity
from kinflow.service.models import Case

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
SMALL = Volumes(
    accounts=120,
    contacts=260,
    known=60,
    strangers=20,
    returning=60,
    cases=60,
    parts=30,
    needless_mails=10,
)
LOGINS = [login for _role, login, _password in SIGN_INS]
PAGES = ["/", "/leads/", "/opportunities/", "/opportunities/board/", "/accounts/", "/contacts/", "/cases/"]


@pytest.fixture(scope="module", autouse=True)
def company(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """A small company that was founded once for all these tests; gives the number of entries in its log."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.MEDIA_ROOT", str(tmp_path_factory.mktemp("files")))
        yield found(3, NOW, days=21, volumes=SMALL)
        transaction.set_rollback(True)


def test_people_were_told_of_what_came_to_them_of_late() -> None:
    told = Notice.objects.order_by("created_at").values_list("person_id", "created_at", "read_at")
    assert len({person for person, _at, _read in told}) > 3
    assert all(NOW - LATE < at <= NOW for _person, at, _read in told)
    assert all((read is None) == (at >= NOW - UNREAD) for _person, at, read in told)


def latest(model: type, event: str) -> dict[int, Entry]:
    """The newest entry of the named event for each record of the model, by primary key."""
    kind = model._meta.model_name
    mentions = Mention.objects.filter(kind=kind, role=kind, entry__name=event).order_by("entry_id")
    return {mention.object_id: mention.entry for mention in mentions.select_related("entry")}


def test_it_can_be_founded_only_once(company):
    with pytest.raises(AlreadyFounded):
        found(3, NOW, days=21, volumes=SMALL)


def test_nobody_but_the_system_takes_over_a_history():
    world = build(3, NOW, days=21, volumes=SMALL)
    with pytest.raises(Refused):
        take_over_history(
            world=world, told=print, by=Actor("person", "1", roles=frozenset({"administrator"}))
        )


def test_all_of_the_world_is_there(company):
    assert company == Entry.objects.count() > 4000
    assert Account.objects.count() > 60
    assert Person.objects.count() > 100
    assert SearchDocument.objects.filter(kind="account").count() == Account.objects.count()


def test_every_record_is_mentioned_by_an_event():
    for model in (Unit, Person, Account, Contact, Lead, Opportunity, Case, Activity):
        told = set(Mention.objects.filter(kind=model._meta.model_name).values_list("object_id", flat=True))
        silent = set(model.objects.values_list("pk", flat=True)) - told
        assert silent == set(), model


@pytest.mark.parametrize(
    ("model", "event"),
    [(Lead, "sales.lead_assigned"), (Case, "service.case_assigned")],
)
def test_work_belongs_to_whom_the_log_says_last(model, event):
    entries = latest(model, event)
    for row in model.objects.all():
        given = [m for m in entries[row.pk].mentions.all() if m.role == "person"] if row.pk in entries else []
        assert [m.object_id for m in given] == ([row.owner_id] if row.owner_id else [])


def test_a_record_is_in_the_state_that_the_log_ends_with():
    assert set(latest(Opportunity, "sales.opportunity_won")) == set(
        Opportunity.objects.filter(outcome="won").values_list("pk", flat=True)
    )
    assert set(latest(Lead, "sales.lead_disqualified")) == set(
        Lead.objects.filter(stage="disqualified").values_list("pk", flat=True)
    )
    moved = latest(Account, "customers.account_stage_changed")
    for account in Account.objects.filter(pk__in=moved):
        assert account.life_stage == moved[account.pk].data["to_stage"]


def test_the_log_is_in_order_of_time_and_causes_come_before_effects():
    history = list(Entry.objects.filter(at__lt=NOW).order_by("pk"))
    assert [entry.at for entry in history] == sorted(entry.at for entry in history)
    caused = [entry for entry in history if entry.caused_by]
    assert caused
    assert all(entry.caused_by < entry.pk and entry.depth > 0 for entry in caused)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_entry_can_be_told(language):
    one_of_each: dict[str, Entry] = {}
    for entry in Entry.objects.prefetch_related("mentions").order_by("-pk"):
        one_of_each.setdefault(entry.name, entry)
    with translation.override(language):
        told = narrate(list(one_of_each.values()))
    assert len(told) > 40
    assert [t.entry.name for t in told if not t.text or "…" in t.text or "{" in t.text] == []


def test_no_reader_is_told_of_the_history_again():
    behind = Cursor.objects.exclude(reader=RULES)
    unread = Entry.objects.filter(pk__gt=min(behind.values_list("entry_id", flat=True)))
    assert set(Cursor.objects.values_list("reader", flat=True)) == set(readers)
    assert unread.count() < 100


def test_rules_look_back_some_days_so_that_there_is_something_in_their_log():
    assert Rule.objects.filter(is_active=True, switched_on_at=NOW - SINCE).count() == len(SWITCHED_ON)
    first = Entry.objects.filter(pk__gt=Cursor.objects.get(pk=RULES).entry_id).order_by("pk")[0]
    assert NOW - SINCE <= first.at < NOW


def test_segments_have_members_and_sizes_of_before_and_the_pool_has_items():
    segments = Segment.objects.all()
    assert {s.way for s in segments} == {"condition", "by_hand"}
    assert all(s.size == s.members.count() and s.state == "ready" for s in segments)
    assert SegmentSize.objects.filter(day__lt=NOW.date()).values("segment").distinct().count() == len(
        SEGMENTS
    )
    resting = PoolHolding.objects.filter(is_resting=True)
    lying = Account.objects.filter(pk__in=resting.values("object_id"))
    assert set(lying.values_list("life_stage", "owner")) == {("potential", None)}


def test_new_work_waits_for_the_worker():
    waiting = Counter({model.__name__: model.objects.filter(owner=None).count() for model in (Lead, Case)})
    assert waiting["Lead"] >= 20
    assert waiting["Case"] >= 5


@pytest.mark.parametrize("login", LOGINS)
def test_whoever_is_shown_at_the_door_can_come_in_and_look_around(login):
    client = Client()
    user = get_user_model().objects.get(username=login)
    assert user.check_password(PASSWORD)
    client.force_login(user, "kinflow.organisation.users.backend.Backend")
    answers = {page: client.get(page).status_code for page in PAGES}
    assert set(answers.values()) == {200}, answers


def test_whatever_can_happen_can_be_told():
    assert set(TELLERS) == set(KINDS)


def test_policies_rule_discounts_with_what_the_last_year_decided_and_find_the_rubber_stamp():
    policy = Policy.objects.get(matter="discount")
    report = report_of(policy, NOW)
    assert policy.is_active
    assert policy.values.count() == 2
    assert report.figures.approved > report.figures.refused
    assert report.figures.hours
    approvals = Activity.objects.filter(kind="approval", result="approved").count()
    assert report.figures.approved <= approvals
