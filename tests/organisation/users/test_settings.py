"""The installation's settings: who may look, who may change, and that somebody always can."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Token, User
from kinflow.organisation.users.actions import (
    create_user,
    disable_user,
    invite_user,
    set_roles,
)
from kinflow.organisation.users.actors import actor_of
from kinflow.organisation.users.administrators import LastAdministrator
from kinflow.organisation.users.tokens import issue
from kinflow.records.access import ADMINISTRATOR, AUDITOR, PROCESS_OWNER, REPRESENTATIVE, ROLES, TEAM_LEAD
from tests import factories

from .test_me import WORD, client_of, representative

pytestmark = pytest.mark.django_db


def user_with(role: str, login: str = "boss", name: str = "周敏") -> User:
    made = factories.person(name[:1], name[1:], roles=[role], email=f"{login}@example.com")
    return create_user(login=login, person=made, password=WORD, by=SYSTEM)


@pytest.mark.parametrize("address", ["/settings/users/", "/settings/tokens/"])
@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_and_auditors_look_in(role, address):
    answer = client_of(user_with(role)).get(address)
    assert answer.status_code == (200 if role in (ADMINISTRATOR, AUDITOR) else 403)


@pytest.mark.parametrize("role", [role for role in ROLES if role != ADMINISTRATOR])
def test_nobody_else_changes_roles(role):
    user, other = user_with(role), representative()
    client_of(user).post(f"/settings/users/{other.person_id}/roles/", {"roles": [ADMINISTRATOR]})
    other.person.refresh_from_db()
    assert other.person.roles == [REPRESENTATIVE]
    with pytest.raises(Refused):
        set_roles(person=user.person, roles=[ADMINISTRATOR], by=actor_of(user))


def test_an_administrator_gives_roles_and_the_log_says_so():
    boss, chen = user_with(ADMINISTRATOR), representative()
    client = client_of(boss)
    assert "checked" in client.get(f"/settings/users/{chen.person_id}/roles/").content.decode()
    client.post(f"/settings/users/{chen.person_id}/roles/", {"roles": [TEAM_LEAD, PROCESS_OWNER]})
    chen.person.refresh_from_db()
    assert chen.person.roles == [TEAM_LEAD, PROCESS_OWNER]
    entry = Entry.objects.get(name="organisation.roles_set")
    assert (entry.data["before"], entry.actor_id) == ([REPRESENTATIVE], str(boss.person_id))


def test_the_last_administrator_stays_one():
    boss = user_with(ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        set_roles(person=boss.person, roles=[], by=actor_of(boss))
    with pytest.raises(LastAdministrator):
        disable_user(user=boss, by=SYSTEM)
    user_with(ADMINISTRATOR, "second", "林晓")
    set_roles(person=boss.person, roles=[], by=actor_of(boss))


def test_an_administrator_disables_others_but_not_themselves():
    boss, chen = user_with(ADMINISTRATOR), representative()
    user_with(ADMINISTRATOR, "second", "林晓")
    client, theirs = client_of(boss), client_of(chen)
    assert client.post(f"/settings/users/{boss.pk}/switch/").status_code == 409
    client.post(f"/settings/users/{chen.pk}/switch/")
    assert theirs.get("/me/").status_code == 302
    client.post(f"/settings/users/{chen.pk}/switch/")
    chen.refresh_from_db()
    assert chen.is_active


def test_an_invitation_leads_to_a_password(client, django_capture_on_commit_callbacks):
    boss, someone = user_with(ADMINISTRATOR), factories.person(email="chen@example.com")
    with django_capture_on_commit_callbacks(execute=True):
        user = invite_user(person=someone, by=actor_of(boss))
    [letter] = mail.outbox
    assert letter.to == ["chen@example.com"]
    address = next(word for word in letter.body.split() if "/sign-in/password/new/" in word)
    place_of_form = client.get("/" + address.split("/", 3)[3], follow=True).redirect_chain[-1][0]
    client.post(place_of_form, {"password1": "other-pumps-88", "password2": "other-pumps-88"})
    user.refresh_from_db()
    assert user.check_password("other-pumps-88")


def test_an_administrator_sees_and_revokes_all_tokens_an_auditor_only_sees_them():
    boss, eye, chen = user_with(ADMINISTRATOR), user_with(AUDITOR, "eye", "吴静"), representative()
    issue(chen, "reports", ["read"])
    token = Token.objects.get()
    watching = client_of(eye)
    assert "reports" in watching.get("/settings/tokens/").content.decode()
    assert watching.post(f"/settings/tokens/{token.pk}/revoke/").status_code == 403
    client_of(boss).post(f"/settings/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_list_of_people_pages_and_searches_with_bounded_queries(django_assert_max_num_queries):
    boss = user_with(ADMINISTRATOR)
    client = client_of(boss)
    for number in range(60):
        factories.person(f"P{number:02}", "")
    with django_assert_max_num_queries(8):
        first = client.get("/settings/users/").content.decode()
    assert "P10" in first
    assert "P59" not in first
    assert "P59" in client.get("/settings/users/?q=p59").content.decode()
    assert client.get("/settings/users/?after=99999999999999999999").status_code == 200


def test_who_lost_their_second_factor_is_let_in_again_by_an_administrator():
    boss, eye, chen = user_with(ADMINISTRATOR), user_with(AUDITOR, "eye", "吴静"), representative()
    TOTP.activate(chen, "JBSWY3DPEHPK3PXP")
    address = f"/settings/users/{chen.pk}/second-factor/"
    client = client_of(boss)
    assert address in client.get("/settings/users/").content.decode()
    assert client_of(eye).post(address).status_code == 403
    assert Authenticator.objects.filter(user=chen).exists()
    assert client.post(address).status_code == 302
    assert not Authenticator.objects.filter(user=chen).exists()
    assert Entry.objects.get(name="organisation.second_factor_reset").actor_id == str(boss.person_id)
    assert client.post(address).status_code == 409


def test_sign_ins_of_nobody_are_listed_and_can_be_switched_off():
    boss = user_with(ADMINISTRATOR)
    spare = create_user(login="root", is_superuser=True, by=SYSTEM)
    client = client_of(boss)
    assert "root" in client.get("/settings/users/").content.decode()
    assert "root" not in client.get("/settings/users/?q=somebody").content.decode()
    client.post(f"/settings/users/{spare.pk}/switch/")
    spare.refresh_from_db()
    assert not spare.is_active
