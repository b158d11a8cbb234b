"""The settings of a process on screen."""

import pytest
from django.test import Client

from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from kinflow.processes.definitions.models import Process
from kinflow.records.access import MARKETER, PROCESS_OWNER, TEAM_LEAD
from tests import factories

from .given import kept_apart, shipped

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_apart")]
__all__ = ["kept_apart"]
PLACE = "/processes/lead/settings/"


def signed_in(role: str) -> Client:
    """A browser of somebody with this role."""
    person = factories.person(given_name=role, roles=(role,))
    user = create_user(login=role, password="long-enough-secret-7", person=person, by=SYSTEM)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def form_of(process: Process, **more: str) -> dict[str, str]:
    """What the page sends when nothing was touched, with changes."""
    sent = {"name": process.name, "name_zh": process.name_zh, "seen": str(process.version)}
    for goal in process.goals:
        sent[f"{goal['measure']}-share"] = str(100 * goal["share"])
        sent[f"{goal['measure']}-at_most"] = str(goal.get("at_most", ""))
    sent |= {"currency": process.rates["currency"], "usual": str(process.rates["usual"])}
    sent |= {f"rate-{level}": str(rate) for level, rate in process.rates["by_seniority"].items()}
    sent |= {f"s{at}-ends": "on" for at, step in enumerate(process.steps) if step["key"] in process.ends}
    return sent | more


def test_what_was_not_touched_stays():
    process, client = shipped(), signed_in(PROCESS_OWNER)
    page = client.get(PLACE)
    assert page.status_code == 200
    assert b"First call" in page.content
    assert client.post(PLACE, form_of(process)).status_code == 302
    process.refresh_from_db()
    assert process.version == 1


def test_goals_rates_and_names_of_steps_are_changed():
    process, client = shipped(), signed_in(PROCESS_OWNER)
    last = len(process.steps) - 1
    sent = form_of(process, usual="90", **{
        "duration-share": "50", "duration-at_most": "36.5", "good_end-share": "", "no_repeats-share": "10",
        "s0-name": "Taken in", "p0-name_zh": "登记", f"s{last}-outcome": "bad", f"s{last}-ends": "on",
    })  # fmt: skip
    assert client.post(PLACE, sent).status_code == 302
    process.refresh_from_db()
    assert process.goals == [
        {"measure": "duration", "share": 0.5, "at_most": 36.5},
        {"measure": "no_repeats", "share": 0.1},
    ]
    assert process.rates["usual"] == 90
    assert (process.steps[0]["name"], process.phases[0]["name_zh"]) == ("Taken in", "登记")
    assert process.steps[last]["outcome"] == "bad"
    assert process.ends[-1] == process.steps[last]["key"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"name": ""}, 422),
        ({"usual": "a lot"}, 422),
        ({"duration-share": "200"}, 422),
        ({"duration-at_most": ""}, 422),
        ({"currency": "¥"}, 422),
        ({"s0-phase": "nowhere"}, 422),
        ({"s0-outcome": "splendid"}, 422),
        ({"seen": "7"}, 409),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(wrong, status):
    process, client = shipped(), signed_in(PROCESS_OWNER)
    answer = client.post(PLACE, form_of(process, **{"name_zh": "新名", **wrong}))
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert "新名" in answer.content.decode()
    assert Process.objects.get(pk=process.pk).version == 1


def test_a_process_is_put_aside_and_taken_up_again():
    process, client = shipped(), signed_in(PROCESS_OWNER)
    client.post(f"{PLACE}switch/", {"is_active": "false"})
    process.refresh_from_db()
    assert process.is_active is False
    assert b"put aside" in client.get(PLACE).content
    client.post(f"{PLACE}switch/", {"is_active": "true"})
    process.refresh_from_db()
    assert process.is_active is True


def test_a_team_lead_looks_and_changes_nothing():
    process, client = shipped(), signed_in(TEAM_LEAD)
    page = client.get(PLACE)
    assert page.status_code == 200
    assert b"Put aside" not in page.content
    client.post(PLACE, form_of(process, name="Mine"))
    client.post(f"{PLACE}switch/", {"is_active": "false"})
    assert Process.objects.get(pk=process.pk).version == 1


def test_others_see_nothing():
    shipped()
    client = signed_in(MARKETER)
    assert client.get(PLACE).status_code == 403
    assert client.get(f"{PLACE}switch/").status_code == 405


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"name": ""}, "in-name", "Give it a name."),
        ({"currency": "XX"}, "in-currency", "Give the three letters of a currency."),
        ({"usual": "-3"}, "in-usual", "Give a number above 0, at most 1,000,000,000,000."),
        ({"rate-2": "0"}, "in-rate-2", "Give a number above 0, at most 1,000,000,000,000."),
        ({"margin": "700"}, "in-margin", "Give a number above 0, at most 100."),
        ({"duration-share": "200"}, "in-duration-share", "Give a number above 0, at most 100."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(sent: dict[str, str], field: str, words: str):
    process, client = shipped(), signed_in(PROCESS_OWNER)
    said = client.post(PLACE, form_of(process, **sent)).content.decode()
    assert f'<p class="error" id="{field}-error">{words}</p>' in said
    assert said.count('aria-invalid="true"') == 1
    assert '<div class="notice bad" role="alert"><p>Please check these values</p></div>' in said


def test_a_process_without_a_name_is_asked_for_its_name_alone():
    said = signed_in(PROCESS_OWNER).post("/processes/new/", {"kind": "lead", "do": "make"}).content.decode()
    assert '<p class="error" id="in-name-error">Give it a name.</p>' in said
    assert 'id="in-key-error"' not in said
