"""What makes many things and drops few is held away from the collection of garbage, for good or for a while."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
