"""Browsers in which somebody has signed in."""

from django.contrib.auth import get_user_model
from django.test import Client

from kinflow.organisation.models import Unit
from kinflow.organisation.users.actions import create_user
from tests import factories


def client_of(role: str, unit: Unit) -> Client:
    """A browser in which somebody of this role and unit has signed in."""
    person = factories.person("林", "可", unit=unit, roles=(role,), email=f"{role}@pumps.example")
    create_user(login=role, person=person, by=factories.admin())
    client = Client()
    user = get_user_model()._default_manager.get(username=role)
    client.force_login(user, "kinflow.organisation.users.backend.Backend")
    return client
