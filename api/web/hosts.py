"""Host names the service answers to. Probes of its health are answered under any name: balancers ask by address."""

from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from api.web.problems import Refusal

ANY = "*"
_PROBES = "/health/"
_NO_HOST = Refusal("bad-request", "The request does not carry one Host header.", "Send one Host header.")
_OTHER_HOST = Refusal("other-host", "This service is not known under the host name asked for.", "Ask under its own name.")


class Hosts:
    """Pure ASGI layer that refuses foreign Host headers."""

    def __init__(self, app: ASGIApp, allowed: tuple[str, ...]) -> None:
        self._app = app
        self._names = {name.lower() for name in allowed}
        self._endings = tuple(name.lower()[1:] for name in allowed if name.startswith("*."))
        self._allows = lru_cache(maxsize=256)(self._look_up)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a refusal is noted and answered further in."""
        if scope["type"] == "http" and not scope["path"].startswith(_PROBES):
            given = [value for name, value in scope["headers"] if name == b"host"]
            if len(given) != 1:
                scope["refusal"] = _NO_HOST
            elif not (len(given[0]) <= _LONGEST and self._allows(given[0])):
                scope["refusal"] = _OTHER_HOST
        await self._app(scope, receive, send)

    def _look_up(self, given: bytes) -> bool:
        text = given.decode("latin-1").strip().lower()
        name = text.partition("]")[0] + "]" if text.startswith("[") else text.partition(":")[0]
        name = name.rstrip(".")
        return name in self._names or (bool(self._endings) and name.endswith(self._endings))


_LONGEST = 260
