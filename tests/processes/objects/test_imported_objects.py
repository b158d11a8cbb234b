"""An imported object-centric log shows all its kinds of objects."""

import json

import pytest

from kinflow.records.access import PROCESS_OWNER, TEAM_LEAD
from tests.processes.definitions.test_pages import signed_in
from tests.processes.logs.given_logs import XES, ready_log

from .test_flows import ORDERS

pytestmark = pytest.mark.django_db
OCEL = json.dumps(
    {
        "objectTypes": [{"name": "o", "attributes": []}, {"name": "i", "attributes": []}],
        "eventTypes": [{"name": name, "attributes": []} for name in sorted({each[0] for each in ORDERS})],
        "objects": [
            {"id": name, "type": name[0]} for name in sorted({name for each in ORDERS for name in each[2]})
        ],
        "events": [
            {
                "id": f"e{number}",
                "type": what,
                "time": f"2026-03-02T{hour:02}:00:00Z",
                "relationships": [{"objectId": name, "qualifier": ""} for name in objects],
            }
            for number, (what, hour, objects) in enumerate(ORDERS)
        ],
    }
)


def test_all_kinds_of_objects_stand_in_one_map() -> None:
    log = ready_log(OCEL, "shop.jsonocel")
    owner = signed_in(PROCESS_OWNER)
    assert f"/imported-log/{log.pk}/objects/" in owner.get(f"/imported-log/{log.pk}/").content.decode()
    words = owner.get(f"/imported-log/{log.pk}/objects/?kinds=i&kinds=o").content.decode()
    assert "2 events mention several of them and count for each (convergence)." in words
    assert "i|pick&gt;ship" in words
    assert signed_in(TEAM_LEAD).get(f"/imported-log/{log.pk}/objects/").status_code == 403


def test_a_log_with_cases_only_has_no_such_map() -> None:
    log = ready_log(XES, "orders.xes")
    owner = signed_in(PROCESS_OWNER)
    assert f"/imported-log/{log.pk}/objects/" not in owner.get(f"/imported-log/{log.pk}/").content.decode()
    assert owner.get(f"/imported-log/{log.pk}/objects/").status_code == 404
