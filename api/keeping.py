"""What a process keeps in memory: what makes many things and drops few is held away from the collection of garbage, and what is
dropped can be used again by all."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_HEAPS = -8  # M_ARENA_MAX of the GNU C library


@contextmanager
def kept_for_good(*, leaves_garbage: bool = True) -> Iterator[None]:
    """What is made inside is walked by no collection of garbage, neither while it is made nor later.

    Importing and routing make 160,000 objects and drop hardly any: looking for garbage among them was a quarter of the start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
    if leaves_garbage:
        gc.collect()
    gc.freeze()


@contextmanager
def kept_for_now() -> Iterator[None]:
    """Nothing looks for garbage inside: for work that makes much and drops little of it in circles.

    Reading the seed makes half a million objects; walking them again and again was half of the time that took.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def one_heap() -> None:
    """All threads take memory from one heap, where the C library has a say in it; call it before there are any.

    Else each thread keeps for itself what it no longer needs: an eighth of the memory when many asked at once. They hardly ever
    wait for each other, since Python runs one at a time.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_HEAPS, 1)
