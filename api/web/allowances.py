"""How much each client may still ask: counted by the `limits` library, in memory or in a Redis shared by replicas.

A process takes requests from the count in portions and spends them by itself, so that neither the library nor Redis is asked
for every request. Portions divide the limit, so no client ever gets more than it, however many processes take part; what a
process took and did not spend is lost to the client until the minute ends.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic, time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage, Storage

from api.logs import get_logger

_PORTIONS = 12
_LARGEST_PORTION = 100
_MOST_CLIENTS = 20_000
_MEMORIES = 64
_STEP_SECONDS = 1.0
_PAUSE_SECONDS = 5.0
_REDIS_SECONDS = 0.25


# Whether the request may pass, how many more may follow in this minute, and the seconds until it ends: a plain tuple, since one
# is made for every request.
Standing = tuple[bool, int, int]


@dataclass(slots=True)
class _Portion:
    """Requests this process may let through, what the count holds beyond them, and when the minute ends."""

    left: int
    beyond: int
    until: float


class Count:
    """The shared count. While its store is away it says so once and is not asked again for some seconds."""

    def __init__(self, redis_url: str | None) -> None:
        # The library walks over all keys of a memory whenever one is counted: many small memories keep that short.
        self._memories = [] if redis_url else [MemoryStorage() for _ in range(_MEMORIES)]
        self._stores: Sequence[Storage] = self._memories or [_redis(redis_url or "")]
        self._offset = time() - monotonic()
        self._away_until = 0.0
        self._is_away = False
        self.failures = 0

    @property
    def pausing(self) -> bool:
        """Whether the store was away a moment ago."""
        return monotonic() < self._away_until

    async def take(self, item: RateLimitItemPerMinute, client: str, size: int, until: float) -> _Portion | None:
        """A portion for a client whose minute ends at `until`, if that is known; None when the store does not answer."""
        key, store = item.key_for(client), self._stores[hash(client) % len(self._stores)]
        self._follow_clock()
        try:
            taken = await store.incr(key, item.get_expiry(), size)
            if until <= monotonic() or taken <= size:
                # An end that rounds to now would be asked for again and again; none is further than a minute.
                until = monotonic() + min(max(await store.get_expiry(key) - time(), 0.5), item.get_expiry())
        except Exception as error:  # whatever the store does, callers are served
            self._went_away(error)
            return None
        if self._is_away:
            self._is_away = False
            get_logger().info("rate limits are counted again")
        return _Portion(size, item.amount - taken, until) if taken <= item.amount else _Portion(0, 0, until)

    def _follow_clock(self) -> None:
        """The library ends minutes by the clock of the day: when somebody sets that, they end as much earlier or later."""
        offset = time() - monotonic()
        change, self._offset = offset - self._offset, offset
        if abs(change) > _STEP_SECONDS:
            for memory in self._memories:
                memory.expirations = {key: ends + change for key, ends in memory.expirations.items()}

    def _went_away(self, error: Exception) -> None:
        self.failures += 1
        self._away_until = monotonic() + _PAUSE_SECONDS
        if not self._is_away:
            self._is_away = True
            get_logger().error("rate limits are not counted, requests pass", error=type(error).__name__)


class Allowances:
    """The allowances of all clients under one policy: so many requests a minute."""

    def __init__(self, name: str, a_minute: int, count: Count) -> None:
        self.name = name
        self.a_minute = a_minute
        self._count = count
        self._item = RateLimitItemPerMinute(a_minute, namespace=f"calcification-{name}")
        self._portion = portion_of(a_minute)
        self._portions: dict[str, _Portion] = {}
        self._asking: dict[str, asyncio.Event] = {}

    def spend(self, address: str) -> Standing | None:
        """Take one request from what is at hand; None when the count must be asked first."""
        portion = self._portions.get(client_of(address))
        if portion is None:
            return None
        seconds = portion.until - monotonic()
        if seconds <= 0:
            return None
        if portion.left:
            portion.left -= 1
            return True, portion.left + portion.beyond, int(seconds) + 1
        return None if portion.beyond else (False, 0, int(seconds) + 1)

    async def ask(self, address: str) -> Standing | None:
        """Take one request after asking the count; None when it does not answer, and the request shall pass."""
        client = client_of(address)
        while True:
            if (standing := self.spend(address)) is not None:
                return standing
            if self._count.pausing:
                return None
            asking = self._asking.get(client)
            if asking is None:
                await self._take(client)
            else:  # those who come meanwhile wait for this answer instead of taking portions of their own
                await asking.wait()

    async def _take(self, client: str) -> None:
        asking = self._asking[client] = asyncio.Event()
        try:
            known = self._portions.get(client)
            portion = await self._count.take(self._item, client, self._portion, known.until if known else 0.0)
        finally:
            del self._asking[client]
            asking.set()
        if portion is None:
            return
        if len(self._portions) >= _MOST_CLIENTS:
            self._make_room()
        self._portions[client] = portion

    def _make_room(self) -> None:
        now = monotonic()
        kept = [(client, portion) for client, portion in self._portions.items() if portion.until > now]
        self._portions = dict(kept[-_MOST_CLIENTS // 2 :])


def portion_of(a_minute: int) -> int:
    """How many requests a process takes at once: the largest divisor of the limit not above 100 or a twelfth of it."""
    largest = max(1, min(_LARGEST_PORTION, a_minute // _PORTIONS))
    return next(size for size in range(largest, 0, -1) if a_minute % size == 0)


@lru_cache(maxsize=8192)
def client_of(address: str) -> str:
    """Who is counted as one client: an address, or the /64 network of an IPv6 address, which one household holds whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((int(parsed), 64), strict=False))
    return address


def _redis(url: str) -> Storage:
    return RedisStorage(
        f"async+{url}",
        implementation="redispy",
        key_prefix="calcification",
        socket_timeout=_REDIS_SECONDS,
        socket_connect_timeout=_REDIS_SECONDS,
    )
