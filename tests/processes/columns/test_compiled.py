"""Compiled functions of several files: found across them, and renewed on disk when any of them changes."""

import importlib
import sys
from pathlib import Path

import pytest

INNER = """from kinflow.processes.columns.compiled import {kind}

@{kind}
def inner(x, y):
    return x + y + {more}
"""
OUTER = """from kinflow.processes.columns.compiled import {kind}
from inner_of_test import inner

@{kind}
def outer(x):
    return (inner(x, 0) + inner(x, 1) - 1 - inner(x, 0)) * 10
"""


@pytest.mark.parametrize(("outer", "inner"), [("compiled", "compiled"), ("bare", "inlined")])
def test_machine_code_is_renewed_when_a_file_that_it_calls_changes(
    outer: str, inner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "outer_of_test.py").write_text(OUTER.format(kind=outer))
    found = []
    for more in (1, 1, 200):
        (tmp_path / "inner_of_test.py").write_text(INNER.format(kind=inner, more=more))
        for name in ("inner_of_test", "outer_of_test"):
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        found.append(importlib.import_module("outer_of_test").outer(1))
    assert found == [20, 20, 2010]
    if inner == "inlined":
        part = sys.modules["outer_of_test"].inner
        assert len(part.signatures) == 1  # not one for each constant it is called with


@pytest.mark.parametrize("edited", ["inner", "outer"])
def test_code_that_was_loaded_before_an_edit_is_not_kept_as_that_of_the_new_file(
    edited: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = {"inner": INNER.format(kind="compiled", more=1), "outer": OUTER.format(kind="compiled")}
    after = {"inner": INNER.format(kind="compiled", more=2), "outer": before["outer"].replace("10", "20")}
    found = []
    for text in (before[edited], after[edited]):
        for name, own in (before | {edited: text}).items():
            (tmp_path / f"{name}_of_test.py").write_text(own)
            sys.modules.pop(f"{name}_of_test", None)
        importlib.invalidate_caches()
        outer = importlib.import_module("outer_of_test").outer
        (tmp_path / f"{edited}_of_test.py").write_text(after[edited])  # before it was called first
        found.append(outer(1))
    assert found == [20, {"inner": 30, "outer": 40}[edited]]
