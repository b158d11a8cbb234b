"""The list of instances names the record of each, with a query for each kind, and only to who may see it."""

import re
from html import escape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinflow.eventlog import SYSTEM, Actor
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.execution.actions import cancel_process, start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.records.access import PROCESS_OWNER
from kinflow.records.faces import registry
from kinflow.records.pages.others import tell_records
from kinflow.records.pages.shown import shower
from kinflow.records.pages.table import css_of
from kinflow.sales.models import Lead
from tests.automation.given import lead, person, unit
from tests.processes.deployments.test_deploying import deployed, two_versions
from tests.processes.studio.test_pages import client_of, words_of

from .given import by_of, design, owner

pytestmark = pytest.mark.django_db
RECORD = registry["processinstance"].by_name["about_id"]


@pytest.fixture
def started() -> list[ProcessInstance]:
    """Three instances of leads."""
    me = owner()
    made = design(me, "s start; a task; e end", "s a; a e", {"a": {"kind": "task", "subject": "a"}})
    names = ("Pumps", "Seals", "Valves")
    return [start_process(design=made, about=lead(owner=me, name=name), by=by_of(me)) for name in names]


def told(rows: list[ProcessInstance], by: Actor) -> list[str]:
    tell_records(rows, RECORD, by)
    return [row.told_records["about_id"] for row in rows]  # type: ignore[attr-defined]


def test_the_list_names_the_record_of_each_instance(started: list[ProcessInstance]) -> None:
    page = words_of(client_of("owner", PROCESS_OWNER), "/process-instance/")
    titles = [registry["lead"].title(Lead.objects.get(pk=each.about_id)) for each in started]
    assert all(
        escape(f"L-{each.about_id} · {title}") in page for each, title in zip(started, titles, strict=True)
    )
    started[0].told_records = {"about_id": "<b>"}  # type: ignore[attr-defined]
    assert shower(registry["processinstance"], RECORD)(started[0]) == "&lt;b&gt;"


def rows_of(page: str) -> list[str]:
    return [part.partition("</tr>")[0] for part in page.split("<tr")[2:]]


def test_what_only_watches_is_not_shown_beside_what_runs_unless_it_is_asked_for() -> None:
    me = owner()
    deployed(me, two_versions(me), way="shadow")
    made = ProcessDesign.objects.get()
    for name in ("Pumps", "Seals"):
        start_process(design=made, about=lead(owner=me, name=name), by=by_of(me))
    client, here = client_of("owner", PROCESS_OWNER), "/process-instance/"
    for query, running, watching in (("", 2, 0), ("?view=shadow", 0, 2), ("?view=all", 2, 2)):
        rows = rows_of(words_of(client, here + query))
        assert sum("only watches" in row for row in rows) == watching, query
        assert len(rows) == running + watching, query
    page = words_of(client, here)
    assert f'<a href="{here}" class="on" aria-current="page">In operation</a>' in page
    assert f'<a href="{here}?view=all">All</a>' in page
    assert f'<a href="{here}?view=shadow">In shadow</a>' in page
    assert 'name="view"' not in page
    everything = words_of(client, f"{here}?view=all&q=1")
    assert '<input type="hidden" name="view" value="all">' in everything
    watching = ProcessInstance.objects.filter(is_shadow=True)[0]
    assert '<span class="chip warn">In shadow</span>' in words_of(client, f"{here}{watching.pk}/")


def test_a_design_leads_to_those_that_it_counts_as_running(started: list[ProcessInstance]) -> None:
    cancel_process(processinstance=started[0], reason="Not wanted", by=SYSTEM)
    client = client_of("owner", PROCESS_OWNER)
    page = words_of(client, f"/process-design/{started[0].design_id}/")
    found = re.search(r'href="(/process-instance/\?where=[^"]+)">(\d+)<', page)
    assert found is not None
    assert found[2] == "2"
    assert len(rows_of(words_of(client, found[1]))) == 2


def test_however_many_they_are_there_is_one_query_for_each_kind(started: list[ProcessInstance]) -> None:
    rows = list(ProcessInstance.objects.all())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert all(told(rows, SYSTEM))
    assert len(asked) == 1


def test_what_somebody_may_not_see_or_what_is_gone_has_no_name(started: list[ProcessInstance]) -> None:
    stranger = person("Wu", unit("Elsewhere"))
    assert told(started, by_of(stranger)) == ["", "", ""]
    started[0].about_id, started[1].about_kind = 9_999_999, "unheard_of"
    assert [bool(words) for words in told(started, SYSTEM)] == [False, False, True]


def test_a_phone_shows_that_it_only_watches_beside_its_state() -> None:
    face = registry["processinstance"]
    parts = css_of([face.by_name[name] for name in face.columns], face)
    assert (parts["state"], parts["is_shadow"]) == ("tone", "flagged")
