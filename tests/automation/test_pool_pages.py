"""The pool on screen and over the API, as people of different roles see it."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.api import router
from kinflow.automation.pool.claiming import claim
from kinflow.automation.pool.models import Pool
from kinflow.automation.pool.policy import NUMBERS, Policy
from kinflow.automation.pool.queries import would_return
from kinflow.kit.problem import Refused
from kinflow.sales.leads.actions import contact_lead
from kinflow.sales.leads.models import Lead

from . import given
from .given import OWNER
from .pools_given import lead_pool
from .test_api import ask
from .test_pages import visit, words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def client():
    """A client of the router alone."""
    NinjaAPI(urls_namespace="pools-alone").add_router("", router)
    return TestClient(router)


@pytest.fixture
def cast():
    """A pool, a representative, and two leads that are nobody's."""
    pool, me = lead_pool(claims=2), given.person("孙", given.unit())
    return pool, me, given.lead(name="Near"), given.lead(name="Far", province="CN-SC")


def test_the_pool_shows_what_is_nobodys_and_what_is_left_of_the_quota(cast):
    pool, me, near, far = cast
    by = given.actor(me)
    said = words(visit(by, f"/pool/?pool={pool.pk}"))
    assert "2 more to claim" in said
    assert said.count("pumps") >= 2
    assert "Nothing lies here" in words(visit(by, f"/pool/?pool={pool.pk}&q=nowhere"))
    only = visit(by, f"/pool/?pool={pool.pk}&province=CN-SC").content.decode()
    assert f"/pool/claim/lead/{far.pk}/" in only
    assert f"/pool/claim/lead/{near.pk}/" not in only
    answer = visit(by, f"/pool/claim/lead/{near.pk}/", htmx=True, _post=True)
    assert answer.status_code == 204
    assert Lead.objects.get(pk=near.pk).owner == me
    assert "Protected for 14 more days" in words(visit(by, "/pool/mine/"))
    with translation.override("zh-hans"):
        assert "公海池" in words(visit(by, "/pool/"))
    asked = visit(by, f"/pool/put-back/lead/{near.pk}/", reason="")
    assert asked.status_code == 422
    visit(by, f"/pool/put-back/lead/{near.pk}/", htmx=True, reason="Too far")
    assert Lead.objects.get(pk=near.pk).owner is None


def test_without_a_pool_the_page_teaches_and_strangers_are_refused():
    me = given.person("孙", given.unit())
    assert "No pool is in use" in words(visit(given.actor(me), "/pool/"))
    with pytest.raises(Refused):
        visit(given.actor(given.person("X", given.unit("B"), roles=())), "/pool/")


def form(**changed):
    numbers = {n.name: "" if n.default is None else str(n.default) for n in NUMBERS}
    return {"name": "Ours", "name_zh": "我们的", "position": "1", "condition": "{}", **numbers, **changed}


def test_the_editor_adds_changes_refuses_and_counts(cast):
    _pool, me, _near, _far = cast
    visit(OWNER, "/pool/policies/new/?kind=account", **form(claims="5"))
    pool = Pool.objects.get(name="Ours")
    assert (pool.kind, pool.policy["claims"]) == ("account", 5)
    assert "v1" in words(visit(OWNER, f"/pool/policies/{pool.pk}/"))
    assert visit(OWNER, f"/pool/policies/{pool.pk}/", **form(claims="many")).status_code == 422
    visit(OWNER, f"/pool/policies/{pool.pk}/", seen="1", **form(claims=""))
    pool.refresh_from_db()
    assert (pool.number, pool.policy["claims"]) == (2, None)
    told = words(visit(OWNER, f"/pool/policies/count/account/?pool={pool.pk}", **form()))
    assert "Would go back 0" in told
    assert "Ours" in words(visit(OWNER, "/pool/policies/"))
    with pytest.raises(Refused):
        visit(given.actor(me), "/pool/policies/count/account/", **form())


def test_what_a_policy_would_send_back_is_what_nobody_worked_on(cast):
    pool, me, near, far = cast
    for lead in (near, far):
        claim(record=lead, person=me, by=given.actor(me))
    policy, later = Policy(protected_days=1, neglect_days=30), timezone.now() + timedelta(days=31)
    assert vars(would_return(pool, policy, timezone.now())) == {"held": 2, "neglected": 0}
    assert vars(would_return(pool, policy, later)) == {"held": 2, "neglected": 2}
    before = timezone.now()
    contact_lead(lead=near, by=given.actor(me))
    since = before + timedelta(days=30)
    assert vars(would_return(pool, policy, since)) == {"held": 2, "neglected": 1}


def test_the_api_claims_and_puts_back(client, cast):
    pool, me, near, _far = cast
    by = given.actor(me)
    assert [one["version"] for one in ask(client, "GET", "/pools", by)] == [1]
    assert len(ask(client, "GET", f"/pools/{pool.pk}/items", by)) == 2
    assert ask(client, "POST", f"/pools/claim/lead/{near.pk}", by) == {"owner": me.pk}
    assert ask(client, "GET", f"/pools/{pool.pk}/quota", by)["left"] == 1
    assert [one["id"] for one in ask(client, "GET", "/pools/mine", by)] == [near.pk]
    back = ask(client, "POST", f"/pools/put-back/lead/{near.pk}", by, reason="Too far")
    assert back == {"owner": None}
    changed = ask(client, "PATCH", f"/pools/{pool.pk}", changes={"policy": {"claims": 9}}, seen=1)
    assert changed["policy"]["claims"] == 9
    tried = ask(client, "POST", f"/pools/{pool.pk}/would-return", policy={"neglect_days": 5})
    assert tried == {"held": 0, "neglected": 0}
