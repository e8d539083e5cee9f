"""Knock as fast as the answers come: ``python -m bench.load ORDER_FILE``, JSON in and out.

Each of a few connections sends its next request when its last one has been answered (a closed
loop). Requests are made beforehand but for their number, so that this side costs little; latency
is from the first byte sent to the last one received. Loopback only, and it stops by the clock.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.pinning import SECOND_CORE, pin

__all__ = ["Order", "Outcome", "main"]

END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to send, where, and for how long."""

    port: int
    token: str
    bodies: list[str]
    counter: str
    """Stands in each body where the request's number goes."""
    connections: int
    warm_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it; rates and latencies are without the warming."""

    per_second: float
    p50_ms: float
    p99_ms: float
    answers: int
    """All of them, the warming's too."""
    failures: int
    """Answers that were not 2xx."""
    last_failure: str


class Knocker(asyncio.Protocol):
    """One connection; all share a tally."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._heard = b""
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._heard += data
        end = self._heard.find(END)
        if end < 0:
            return
        head = self._heard[:end].lower()
        if b"transfer-encoding: chunked" in head:
            if not self._heard.endswith(b"0\r\n\r\n"):
                return
        else:
            at = head.find(b"content-length:")
            size = int(head[at + 15 : at + 30].split(b"\r\n")[0]) if at >= 0 else 0
            if len(self._heard) < end + len(END) + size:
                return
        self._tally.count(self._sent_at, self._heard)
        self._heard = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._tally.lost()

    def _send(self) -> None:
        request = self._tally.next_request()
        if request is None:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)


class Tally:
    """Counts for all connections, and knows when it is over."""

    def __init__(self, order: Order) -> None:
        self._requests = [_request(order, body) for body in order.bodies]
        self._digits = len(order.counter)
        self._number = int(time.time()) * 1_000_000  # another run sends other numbers
        self._open = order.connections
        self._measure_from = time.perf_counter() + order.warm_seconds
        self._until = self._measure_from + order.seconds
        self._seconds = order.seconds
        self._latencies: list[float] = []
        self._answers = 0
        self._failures = 0
        self._last_failure = ""
        self.done = asyncio.Event()

    def next_request(self) -> bytes | None:
        if time.perf_counter() >= self._until:
            return None
        self._number += 1
        before, after = self._requests[self._number % len(self._requests)]
        return before + str(self._number).zfill(self._digits).encode() + after

    def count(self, sent_at: float, answer: bytes) -> None:
        now = time.perf_counter()
        self._answers += 1
        if answer[9:10] != b"2":
            self._failures += 1
            self._last_failure = answer[:300].decode(errors="replace")
        if self._measure_from <= sent_at and now <= self._until:
            self._latencies.append(now - sent_at)

    def lost(self) -> None:
        self._open -= 1
        if not self._open:
            self.done.set()

    def outcome(self) -> Outcome:
        ordered = sorted(self._latencies) or [0.0]
        return Outcome(
            per_second=len(self._latencies) / self._seconds,
            p50_ms=ordered[len(ordered) // 2] * 1000,
            p99_ms=ordered[len(ordered) * 99 // 100] * 1000,
            answers=self._answers,
            failures=self._failures,
            last_failure=self._last_failure,
        )


def _request(order: Order, body: str) -> tuple[bytes, bytes]:
    encoded = body.encode()
    head = (
        f"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1:{order.port}\r\n"
        f"Authorization: Bearer {order.token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(encoded)}\r\n\r\n"
    ).encode()
    before, _, after = encoded.partition(order.counter.encode())
    return head + before, after


async def main(order: Order) -> Outcome:
    """Carry out an order."""
    pin(SECOND_CORE)
    tally = Tally(order)
    loop = asyncio.get_running_loop()
    for _ in range(order.connections):
        await loop.create_connection(lambda: Knocker(tally), "127.0.0.1", order.port)
    async with asyncio.timeout(order.warm_seconds + order.seconds + 30):
        await tally.done.wait()
    return tally.outcome()


if __name__ == "__main__":
    given = Order(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print(json.dumps(asdict(asyncio.run(main(given)))))
