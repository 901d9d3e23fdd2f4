"""What is held away from the collection of garbage for a while is left as it was found; threads share one heap where they can."""

import ctypes
import gc
from types import SimpleNamespace

import pytest

from api.keeping import kept_for_now, one_heap


def test_collection_goes_on_afterwards_also_when_the_work_fails() -> None:
    with pytest.raises(ZeroDivisionError), kept_for_now():
        _ = 1 / int(gc.isenabled())
    assert gc.isenabled()


def test_inner_work_does_not_turn_it_on_again() -> None:
    with kept_for_now():
        with kept_for_now():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_heaps_are_left_alone_where_the_c_library_has_no_such_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    one_heap()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace())
    one_heap()
    monkeypatch.delattr(ctypes, "CDLL")
    one_heap()
