"""Schemathesis sends what nobody thought of: nothing breaks, and every answer is one that the description knows."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.generation import GenerationMode

from kinflow.records.faces import registry
from kinflow.web import rates

from .. import factories
from . import given as cast
from .world import common_records, records_of, undone

pytestmark = pytest.mark.django_db

CHECKS = (
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)
PER_OPERATION = {GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 1}
"""So many cases; making a wrong one takes three times as long, and there are hundreds of operations."""


@pytest.fixture
def _one_connection():
    """Requests do not end the test's own connection, as those of Django's test client do not."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def asked(settings, _one_connection):
    """The description as schemathesis reads it, headers of an administrator, and ids of real records by slug."""
    rates.forget()
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 1_000_000)
    east = factories.unit("East")
    boss = cast.caller(unit=east)
    records = records_of(boss.person) | common_records(east, factories.person(unit=east))
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return schema, boss.headers, records


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_nothing_breaks_and_every_answer_is_described(asked, mode):
    schema, headers, records = asked
    by_slug = {slug_of(kind): pk for kind, pk in records.items()}
    count = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        pk = by_slug.get(operation.path.removeprefix("/api/v1/").split("/")[0], 1)
        count += 1
        ask(operation, mode, headers, pk)
    assert count > 100


def ask(operation, mode, headers, pk):
    """Send some cases of an operation, every other one about a record that is there."""
    numbers = iter(range(1_000_000))

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=PER_OPERATION[mode],
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case):
        if "pk" in (case.path_parameters or {}) and next(numbers) % 2 == 0:
            case.path_parameters["pk"] = pk
        with undone():
            answer = case.call(headers=headers)
        assert answer.status_code != 401
        case.validate_response(answer, checks=list(CHECKS), headers=headers)

    send()


def slug_of(kind):
    """The slug of a kind of record."""
    return registry[kind].slug
