"""Pieces of work in which nobody looks for garbage."""

import gc

import pytest

from kinflow.kit.garbage import keeping_all


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
