"""Who may read how scorings did, have them replayed and their weights learnt: each page and each route, by role."""

from dataclasses import replace

import pytest
from ninja import NinjaAPI, Router
from ninja.testing import TestClient

from kinflow.automation.replay import api as replays
from kinflow.automation.replay.actions import start_replay
from kinflow.automation.replay.learning_actions import learn_weights
from kinflow.automation.replay.models import ScoringReplay, WeightLearning
from kinflow.automation.replay.proposing import WORK as LEARNING
from kinflow.automation.scoring_reports import api as reports
from kinflow.records.access import ROLES

from . import given
from .doors import page_status, route_status
from .given import OWNER
from .scorings_given import lead_scoring, weights

pytestmark = pytest.mark.django_db
BEGIN = {"process_owner", "administrator"}
LOOK_BACK = BEGIN | {"auditor"}
READ_REPORTS = LOOK_BACK | {"team_lead"}


@pytest.fixture(scope="module")
def client():
    """A client of both routers alone."""
    both = Router()
    NinjaAPI(urls_namespace="looking-back-alone").add_router("", both)
    for router in (replays.router, reports.router):
        both.add_router("", router)
    return TestClient(both)


@pytest.fixture
def made(db):
    """A scoring with a replay that runs, and proposed weights."""
    scoring = lead_scoring(criteria=weights(load=10))
    replay = start_replay(scoring=scoring, by=OWNER)
    return scoring, replay, LEARNING.run(learn_weights(scoring=scoring, by=OWNER))


def someone(role):
    return given.actor(given.person("周", given.unit(), roles=(role,)))


@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_how_a_scoring_did(client, made, role):
    scoring, *_ = made
    by, here = someone(role), f"/{scoring.pk}/report"
    pages = [page_status(by, f"/scorings{here}/{part}") for part in ("", "items/", "items.csv")]
    routes = [route_status(client, "GET", f"{here}{part}", by) for part in ("", "/items")]
    assert set(pages + routes) == ({200} if role in READ_REPORTS else {403})


@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_replays_and_proposed_weights(client, made, role):
    scoring, replay, learnt = made
    by, here = someone(role), f"/{scoring.pk}"
    one, other = f"{here}/replays/{replay.pk}", f"{here}/learning/{learnt.pk}"
    pages = [f"{here}/replays/", f"{one}/", f"{one}/?part=state", f"{one}/moves.csv", f"{other}/"]
    routes = [f"{here}/replays", one, f"{one}/moves", f"{here}/learning"]
    found = [page_status(by, f"/scorings{page}") for page in pages]
    found += [route_status(client, "GET", route, by) for route in routes]
    assert set(found) == ({200} if role in LOOK_BACK else {403})


@pytest.mark.parametrize("role", ROLES)
def test_who_may_begin_and_cancel_replays_and_have_weights_learnt(client, made, role):
    scoring, replay, learnt = made
    by, here = someone(role), f"/{scoring.pk}"
    one, other = f"{here}/replays/{replay.pk}", f"{here}/learning/{learnt.pk}"
    pages = [f"{here}/replays/", f"{here}/learning/", f"{other}/replay/", f"{one}/cancel/"]
    found = [page_status(by, f"/scorings{page}", _post=True) for page in pages]
    assert set(found) == ({302} if role in BEGIN else {403})
    assert page_status(by, f"/scorings{other}/draft/") == (200 if role in LOOK_BACK else 403)
    routes = [f"{here}/replays", f"{here}/learning", f"{one}/cancel"]
    found = [route_status(client, "POST", route, by, since="2026-01-01") for route in routes[:2]]
    found.append(route_status(client, "POST", routes[2], by))
    assert found == ([201, 201, 409] if role in BEGIN else [403] * 3)
    times = 4 if role in BEGIN else 1
    assert (ScoringReplay.objects.count(), WeightLearning.objects.count()) == (times, min(times, 3))


def test_a_token_for_something_else_reads_nothing_of_it(client, made):
    scoring, replay, _learnt = made
    by, here = replace(OWNER, scopes=frozenset({"lead:read"})), f"/{scoring.pk}"
    for route in ("/report", "/report/items", "/replays", f"/replays/{replay.pk}", "/learning"):
        assert route_status(client, "GET", f"{here}{route}", by) == 403


def test_what_belongs_to_another_scoring_is_not_found(client, made):
    _scoring, replay, learnt = made
    here = f"/{lead_scoring(criteria=weights(load=5), name='Other').pk}"
    assert route_status(client, "GET", f"{here}/replays/{replay.pk}", OWNER) == 404
    for page in (f"/replays/{replay.pk}/", f"/learning/{learnt.pk}/", f"/replays/{replay.pk}/moves.csv"):
        assert page_status(OWNER, f"/scorings{here}{page}") == 404
