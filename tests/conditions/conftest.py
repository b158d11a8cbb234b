"""The small world these tests ask about, installed and filled while they run; and the catalogue, compiled."""

from collections.abc import Iterator

import pytest
from django.apps import AppConfig, apps
from django.db import connection

from .world import models

MODELS = [
    models.Person,
    models.Unit,
    models.Account,
    models.Contact,
    models.Product,
    models.Lead,
    models.Activity,
]


class World(AppConfig):
    """The small world as an application, so that Django sees relations from both ends."""

    name = "tests.conditions.world"
    label = models.LABEL


@pytest.fixture(scope="package")
def installed() -> Iterator[None]:
    """The small world's models known to Django."""
    import tests.conditions.world as module

    config = World(World.name, module)
    config.apps = apps
    apps.app_configs[config.label] = config
    config.import_models()
    apps.clear_cache()
    yield
    del apps.app_configs[config.label]
    apps.clear_cache()


@pytest.fixture(scope="package")
def filled(installed, django_db_setup, django_db_blocker) -> Iterator[None]:
    """The small world's tables with their rows."""
    from .world.rows import fill

    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        fill()
        yield
        with connection.schema_editor() as editor:
            for model in reversed(MODELS):
                editor.delete_model(model)
