"""Rate limits by client: a policy for reading, one for posting; probes and metrics are free. Headers as in the IETF draft."""

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from api.logs import get_logger
from api.web.allowances import Allowances
from api.web.problems import Refusal

_FREE = frozenset({"/health/live", "/health/ready", "/metrics"})
_FORWARDED = (b"x-forwarded-for", b"forwarded")


class Limited:
    """Pure ASGI layer. Answers carry what it puts into `scope["rate_headers"]`; what it refuses is answered further in."""

    def __init__(self, app: ASGIApp, reads: Allowances, posts: Allowances, on_refused: Callable[[str], None]) -> None:
        self._app = app
        self._reads = reads
        self._posts = posts
        self._on_refused = on_refused
        self._policies = {
            one.name: (b"ratelimit-policy", b'"%b";q=%d;w=60' % (one.name.encode(), one.a_minute)) for one in (reads, posts)
        }
        self._labels = {one.name: b'"%b";r=%%d;t=%%d' % one.name.encode() for one in (reads, posts)}
        self._told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the standing of the client."""
        if scope["type"] == "http" and scope["path"] not in _FREE:
            allowances = self._posts if scope["method"] == "POST" else self._reads
            client = scope["client"]
            address = client[0] if client else ""
            standing = allowances.spend(address)
            if standing is None:
                self._tell_of_proxy(scope, address)
                standing = await allowances.ask(address)
            if standing is not None:
                allowed, left, seconds = standing
                name = allowances.name
                scope["rate_headers"] = (self._policies[name], (b"ratelimit", self._labels[name] % (left, seconds)))
                if not allowed:
                    self._on_refused(name)
                    scope["refusal"] = _refusal(allowances, seconds)
        await self._app(scope, receive, send)

    def _tell_of_proxy(self, scope: Scope, address: str) -> None:
        """Behind a proxy that is not trusted all callers would count as one client: the operator should know."""
        if not self._told and any(name in _FORWARDED and address.encode() not in value for name, value in scope["headers"]):
            self._told = True
            get_logger().warning("forwarding headers from a proxy that CALC_TRUSTED_PROXIES does not name")


def _refusal(allowances: Allowances, seconds: int) -> Refusal:
    return Refusal(
        "too-many-requests",
        f"More than {allowances.a_minute} requests a minute of this kind came from your address.",
        f"Ask again in {seconds} seconds.",
        {"Retry-After": str(seconds)},
    )
