"""The pages of assignment as people of different roles see them."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone, translation

from kinflow.automation.scorings.models import Scoring
from kinflow.automation.scorings.shipped import shipped_scorings
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up_all
from kinflow.kit.problem import NotFound, Refused
from kinflow.sales.leads.models import Lead

from . import given
from .given import OWNER
from .scorings_given import lead_scoring

pytestmark = pytest.mark.django_db(transaction=True)


class _User:
    is_authenticated = is_active = True
    is_anonymous = False
    pk = 1


def visit(by, address, *, htmx=False, **post):
    """GET the address, or POST where values are given."""
    factory = RequestFactory(headers={"HX-Request": "true"} if htmx else {})
    values = {k: v for k, v in post.items() if k != "_post"}
    request = factory.post(address, values) if post else factory.get(address)
    request.by, request.user, request.htmx = by, _User(), htmx
    request._dont_enforce_csrf_checks = True
    match = resolve(urlsplit(address).path, "kinflow.automation.urls")
    return match.func(request, *match.args, **match.kwargs)


def words(response):
    """What the answer says, without its tags."""
    text = re.sub(r"<(style|script).*?</\1>", "", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def cast():
    """A team lead, two representatives, and a lead that the scoring gave to the better one."""
    catch_up_all(timezone.now())
    east = given.unit()
    feed = given.skill()
    boss = given.person("周", east, roles=("team_lead",))
    best = given.person("孙", east, skills={feed: 5})
    other = given.person("陈", east)
    scoring = lead_scoring()
    lead = given.lead(product=given.pump(feed))
    catch_up_all(timezone.now())
    return boss, best, other, scoring, Lead.objects.get(pk=lead.pk)


@pytest.mark.parametrize(("language", "said"), [("en", "Why 孙?"), ("zh-hans", "为什么是孙？")])
def test_the_card_opens_by_hover(cast, language, said):
    *_people, lead = cast
    with translation.override(language):
        text = words(visit(given.actor(cast[0]), f"/why/lead/{lead.pk}/?hover=1", htmx=True))
    assert said in text
    assert "25" in text


def test_the_page_shows_all_candidates_and_the_story(cast):
    boss, *_rest, lead = cast
    with translation.override("en"):
        text = words(visit(given.actor(boss), f"/why/lead/{lead.pk}/"))
    assert "All candidates now" in text
    assert "other role" in text
    assert "Leads gave pumps to 孙" in text


def test_strangers_see_no_reason(cast):
    _boss, _best, other, _scoring, lead = cast
    with pytest.raises(NotFound):
        visit(given.actor(other), f"/why/lead/{lead.pk}/")


def test_a_team_lead_gives_it_to_somebody_else_with_a_reason(cast):
    boss, _best, other, _scoring, lead = cast
    address = f"/why/lead/{lead.pk}/give/"
    with translation.override("en"):
        refused = visit(given.actor(boss), address, htmx=True, person=str(other.pk), reason="")
        assert refused.status_code == 422
        assert "Say why" in words(refused)
        done = visit(given.actor(boss), address, htmx=True, person=str(other.pk), reason="old friend")
    assert done.status_code == 204
    lead.refresh_from_db()
    assert lead.owner == other


def test_the_owner_hands_it_back(cast):
    _boss, best, other, _scoring, lead = cast
    visit(given.actor(best), f"/why/lead/{lead.pk}/hand-back/", htmx=True, reason="cousin")
    catch_up_all(timezone.now())
    lead.refresh_from_db()
    assert lead.owner == other


def test_my_work_lists_what_is_mine_with_its_reason(cast):
    _boss, best, other, _scoring, _lead = cast
    with translation.override("en"):
        text = words(visit(given.actor(best), "/"))
        assert "25 points, before 陈 with 0" in text
        assert "New: not contacted yet" in text
        assert "Nothing waits for you" in words(visit(given.actor(other), "/"))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_scorings_are_listed_by_kind(language):
    shipped_scorings(SYSTEM)
    with translation.override(language):
        text = words(visit(OWNER, "/scorings/"))
    name = {"en": "Leads by product, place and success", "zh-hans": "线索：按产品、区域与成功率"}[language]
    assert name in text


@pytest.mark.parametrize("kind", ["lead", "opportunity", "account", "case", "email", "activity"])
def test_the_editor_of_every_kind_opens_filled(kind):
    with translation.override("en"):
        assert "What gives points" in words(visit(OWNER, f"/scorings/new/?kind={kind}"))


def test_saving_makes_a_version_and_wrong_values_stay_in_the_form(cast):
    scoring = cast[3]
    sent = {"name": "Leads", "position": "10", "seen": "1", "c0-name": "product_knowledge", "c0-weight": "40"}
    with translation.override("en"):
        wrong = visit(OWNER, f"/scorings/{scoring.pk}/", **{**sent, "c0-weight": "much"})
        assert wrong.status_code == 422
        assert "Give a number" in words(wrong)
        assert visit(OWNER, f"/scorings/{scoring.pk}/", **sent).status_code == 302
        stale = visit(OWNER, f"/scorings/{scoring.pk}/", **{**sent, "c0-weight": "50"})
    assert stale.status_code == 409
    assert Scoring.objects.get(pk=scoring.pk).number == 2


def test_the_preview_follows_the_form_and_writes_nothing(cast):
    before = Entry.objects.count()
    with translation.override("en"):
        text = words(
            visit(OWNER, "/scorings/preview/lead/", **{"c0-name": "load", "c0-weight": "-5", "name": "x"})
        )
        empty = words(visit(OWNER, "/scorings/preview/lead/", name="x"))
    assert "On the last 1 of all Leads this gives:" in text
    assert "Choose at least one criterion." in empty
    assert Entry.objects.count() == before


def test_earlier_versions_come_back_by_a_button(cast):
    scoring = cast[3]
    sent = {"name": "Leads", "position": "10", "seen": "1", "c0-name": "load", "c0-weight": "40"}
    visit(OWNER, f"/scorings/{scoring.pk}/", **sent)
    visit(OWNER, f"/scorings/{scoring.pk}/restore/1/", _post=True)
    assert Scoring.objects.get(pk=scoring.pk).number == 3


def test_a_batch_is_assigned_from_the_list(cast):
    boss, best, *_rest = cast
    fresh = given.lead(name="Fresh")
    answer = visit(given.actor(boss), "/assign/lead/", htmx=True, ids=str(fresh.pk))
    assert answer.status_code == 204
    assert Lead.objects.get(pk=fresh.pk).owner is not None
    with pytest.raises(Refused):
        visit(given.actor(best), "/assign/lead/", htmx=True, ids=str(fresh.pk))


def test_the_next_best_item_is_taken_by_a_button(cast):
    _boss, _best, other, *_rest = cast
    fresh = given.lead(name="Fresh")
    visit(given.actor(other), "/my-work/next/lead/", _post=True)
    assert Lead.objects.get(pk=fresh.pk).owner == other


def test_my_work_asks_the_database_no_more_for_many_items(cast, django_assert_max_num_queries):
    best = cast[1]
    for n in range(15):
        given.lead(name=f"More {n}", owner=best)
    with django_assert_max_num_queries(40):
        visit(given.actor(best), "/")
