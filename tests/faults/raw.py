"""A connection on which any bytes can be sent, and answers read as they come."""

import socket
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """One answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Raw:
    """One connection; it may be closed by the other side at any time."""

    port: int
    timeout: float = 30
    _heard: bytes = field(default=b"", init=False)

    def __post_init__(self) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)

    def __enter__(self) -> "Raw":
        """Open already."""
        return self

    def __exit__(self, *_given: object) -> None:
        """Close."""
        self.socket.close()

    def send(self, sent: bytes) -> None:
        """Send as it is."""
        self.socket.sendall(sent)

    def answer(self, head: bool = False) -> Answer | None:
        """The next answer; None when the connection was closed instead."""
        while b"\r\n\r\n" not in self._heard:
            if not self._hear():
                return None
        top, _, self._heard = self._heard.partition(b"\r\n\r\n")
        first, *lines = top.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        status = int(first.split(" ")[1])
        length = 0 if head or status in (204, 304) else int(headers.get("content-length", "0"))
        if headers.get("transfer-encoding") == "chunked" and not head:
            return Answer(status, headers, self._chunks())
        while len(self._heard) < length:
            if not self._hear():
                break
        body, self._heard = self._heard[:length], self._heard[length:]
        return Answer(status, headers, body)

    def answers(self) -> list[Answer]:
        """Every further answer until the connection is closed or nothing more comes."""
        found = []
        try:
            while answer := self.answer():
                found.append(answer)
        except TimeoutError:
            pass
        return found

    def _chunks(self) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in self._heard:
                if not self._hear():
                    return body
            size, _, self._heard = self._heard.partition(b"\r\n")
            wanted = int(size, 16) + 2
            while len(self._heard) < wanted:
                if not self._hear():
                    return body
            body += self._heard[: wanted - 2]
            self._heard = self._heard[wanted:]
            if wanted == 2:
                return body

    def _hear(self) -> bool:
        try:
            heard = self.socket.recv(65_536)
        except ConnectionError:
            return False
        self._heard += heard
        return bool(heard)
