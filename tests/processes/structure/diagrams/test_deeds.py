"""What makes records, found in the log."""

import pytest
from django.db import connection

from kinflow.processes.structure.diagrams.flows.deeds import forget, read_deeds
from tests.factories import lead

FAR = 1_000_003


@pytest.fixture
def far_numbers():
    """Leads get numbers far above those of all other records."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value, is_called FROM sales_lead_id_seq")
        before = cursor.fetchone()
        cursor.execute("SELECT setval('sales_lead_id_seq', %s, false)", [FAR])
        yield
        cursor.execute("SELECT setval('sales_lead_id_seq', %s, %s)", before)


@pytest.mark.django_db
def test_what_makes_a_kind_is_looked_for_among_the_numbers_of_that_kind(far_numbers) -> None:
    assert lead().pk == FAR
    forget()
    assert ("sales.lead_captured", "lead", "lead") in read_deeds([], ["contact", "lead"], ["lead"]).making
    forget()
