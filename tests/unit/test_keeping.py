"""What is held away from the collection of garbage for a while is left as it was found."""

import gc

import pytest

from api.keeping import kept_for_now


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
