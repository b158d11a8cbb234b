"""Sign-ins from the command line."""

import pytest
from django.core.management import CommandError, call_command

from kinflow.eventlog.models import Entry
from kinflow.organisation.users.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_sign_in_is_created_with_a_password_that_works(capsys):
    someone = factories.person()
    call_command("create_user", "chen", person=someone.pk, email="chen@example.com")
    password = capsys.readouterr().out.strip()
    user = User.objects.get(username="chen")
    assert user.check_password(password)
    assert user.person == someone
    assert password not in str(list(Entry.objects.values_list("data", flat=True)))


def test_what_cannot_be_is_refused_in_words():
    call_command("create_user", "chen")
    with pytest.raises(CommandError, match="already exists"):
        call_command("create_user", "chen")
    with pytest.raises(CommandError, match="no person 99"):
        call_command("create_user", "lin", person=99)
    with pytest.raises(CommandError, match="no sign-in"):
        call_command("token", "nobody")
    call_command("create_user", "boss", administrator=True)
    with pytest.raises(CommandError, match="no scope"):
        call_command("token", "boss", scopes="everything")
