"""Compiled functions of several files: found across them, and renewed on disk when any of them changes."""

import importlib
import sys
from pathlib import Path

import pytest

INNER = (
    "from kinflow.processes.columns.compiled import compiled\n\n@compiled\ndef inner(x):\n    return x + {}\n"
)
OUTER = """from kinflow.processes.columns.compiled import compiled
from inner_of_test import inner

@compiled
def outer(x):
    return inner(x) * 10
"""


def test_machine_code_is_renewed_when_a_file_that_it_calls_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "outer_of_test.py").write_text(OUTER)
    found = []
    for more in (1, 1, 200):
        (tmp_path / "inner_of_test.py").write_text(INNER.format(more))
        for name in ("inner_of_test", "outer_of_test"):
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        found.append(importlib.import_module("outer_of_test").outer(1))
    assert found == [20, 20, 2010]
