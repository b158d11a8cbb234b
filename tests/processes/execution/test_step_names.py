"""Steps named in sentences: the versions of all instances on a page are read at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import narrate
from kinflow.processes.execution import step_names
from kinflow.processes.execution.actions import start_process
from tests.automation.given import lead

from .given import by_of, design, owner


@pytest.mark.django_db
def test_naming_the_steps_of_more_instances_asks_no_more_often():
    who = owner()
    made = design(who, "s start; t task; e end", "s t; t e")

    def asked(times: int) -> int:
        for _each in range(times):
            start_process(design=made, about=lead(), by=by_of(who))
        steps = Entry.objects.filter(name="processes.process_step_began").order_by("-pk")
        entries = list(steps.prefetch_related("mentions")[:times])
        assert len(entries) == times
        narrate(entries)
        step_names.forget()
        with CaptureQueriesContext(connection) as few:
            narrate(entries)
        return len(few)

    assert asked(1) == asked(6)
