"""`import_log FILE --name NAME` in the foreground."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kinflow.processes.logs.models import ImportedLog
from tests.processes.logs.files import written, xes
from tests.processes.logs.given_logs import CSV, XES

pytestmark = pytest.mark.django_db


def called(*arguments: Any) -> str:
    out = StringIO()
    call_command("import_log", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_log_is_read_and_shown(tmp_path: Path) -> None:
    out = called(written(tmp_path, "orders.xes", XES), "--name", "Orders")
    assert "Orders: 2 cases, 3 events" in out
    shown = StringIO()
    call_command("show_process", "Orders", "--json", stdout=shown)
    told = json.loads(shown.getvalue())
    assert (told["cases"], told["events"], told["activities"]) == (2, 3, {"order": 2, "ship": 1})
    assert told["variants"][0].keys() >= {"steps", "cases"}


def test_a_mapping_decides_what_was_guessed_otherwise(tmp_path: Path) -> None:
    mapping = written(tmp_path, "map.json", json.dumps({"处理人": "unit"}))
    out = called(written(tmp_path, "log.csv", CSV), "--map", mapping)
    assert "处理人 → unit" in out
    assert ImportedLog.objects.get().name == "log"


def test_what_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    for content, words in ((xes(), "no events"), (b"<html/>", "no XES log")):
        with pytest.raises(CommandError, match=words):
            called(written(tmp_path, "log.xes", content))
    with pytest.raises(CommandError, match="no file"):
        called(tmp_path / "nowhere.xes")
    assert not ImportedLog.objects.exists()
