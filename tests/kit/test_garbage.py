"""Pieces of work in which nobody looks for garbage."""

import gc

import pytest

from kinflow.kit.garbage import MOST, keeping_all


def test_nobody_looks_for_garbage_until_the_outermost_piece_is_done() -> None:
    with keeping_all():
        with keeping_all():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_piece_that_failed() -> None:
    with pytest.raises(KeyError), keeping_all():
        raise KeyError
    assert gc.isenabled()


def test_who_switched_it_off_switches_it_on() -> None:
    gc.disable()
    try:
        with keeping_all():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_pieces_that_always_overlap_are_looked_through_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda: looked.append(1))
    with keeping_all():
        for _each in range(2 * MOST):
            with keeping_all():
                pass
    assert len(looked) == 2
    for _each in range(2 * MOST):
        with keeping_all():
            pass
    assert len(looked) == 2
