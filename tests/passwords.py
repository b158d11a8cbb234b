"""A pytest plugin: passwords are hashed as ever, but quickly, since nobody attacks those of tests."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """The usual way with one round: any process reads these hashes, and this one reads any."""

    iterations = 1


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Take the quick way before any test makes a user."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = [f"{__name__}.Quick"]
