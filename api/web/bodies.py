"""Bodies are read whole before any handler sees them: small by rule, within a time, so that slow senders hold nothing else."""

import asyncio

from starlette.types import Message, Receive

from api.web.problems import Refusal

_LEAVE = {"Connection": "close"}  # the rest of the body is not read, so the connection is of no further use


async def read_body(receive: Receive, most_bytes: int, seconds: float) -> bytes | Refusal | None:
    """The body, or why it is refused; None when the caller went away."""
    parts: list[bytes] = []
    taken = 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                part = message.get("body", b"")
                taken += len(part)
                if taken > most_bytes:
                    return too_large(most_bytes)
                parts.append(part)
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError:
        return Refusal("request-timeout", f"The body did not arrive within {seconds:g} seconds.", "Send it at once.", _LEAVE)


def too_large(most_bytes: int) -> Refusal:
    """The refusal of a body that is too large."""
    return Refusal("body-too-large", f"The body is larger than {most_bytes} bytes.", "Send less at once.", _LEAVE)


def given_again(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the whole body once, then listens on."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
