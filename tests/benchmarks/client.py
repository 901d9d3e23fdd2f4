"""A keep-alive client for machines without wrk: `python -m tests.benchmarks.client URL CONNECTIONS SECONDS STATUS [HEADER]`."""

import asyncio
import sys
import time
from functools import partial
from urllib.parse import urlsplit


class _Asker(asyncio.Protocol):
    """One connection that asks again as soon as an answer is whole."""

    def __init__(self, request: bytes, status: bytes) -> None:
        self._request = request
        self._status = status
        self._head_length = 0
        self._wanted = 0
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self.answers = 0
        self.others = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._wanted:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self._received[:end].lower()
            start = head.find(b"\r\ncontent-length:")
            length = int(head[start + 17 :].split(b"\r\n", 1)[0]) if start >= 0 else 0
            self._wanted = end + 4 + length
            self.others += head[9:12] != self._status
        if len(self._received) >= self._wanted:
            self.answers += 1
            self._received, self._wanted = b"", 0
            assert self._transport
            self._transport.write(self._request)


def _itself(asker: _Asker) -> _Asker:
    return asker


async def _ask(url: str, connections: int, seconds: float, status: str, headers: list[str]) -> tuple[int, float]:
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", *headers, "", ""]
    request = "\r\n".join(lines).encode()
    loop = asyncio.get_running_loop()
    askers = [_Asker(request, status.encode()) for _ in range(connections)]
    begun = time.perf_counter()
    for asker in askers:
        await loop.create_connection(partial(_itself, asker), parts.hostname or "127.0.0.1", parts.port or 80)
    await asyncio.sleep(seconds)
    taken = time.perf_counter() - begun
    if others := sum(asker.others for asker in askers):
        raise SystemExit(f"{others} answers were not {status}")
    return sum(asker.answers for asker in askers), taken


if __name__ == "__main__":
    url, connections, seconds, status, *headers = sys.argv[1:]
    answers, taken = asyncio.run(_ask(url, int(connections), float(seconds), status, headers))
    sys.stdout.write(f"{answers} requests in {taken:.2f}s\nRequests/sec: {answers / taken:.1f}\n")
