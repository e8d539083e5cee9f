"""The other side, as cheap as Python can make it: Teams' connector, and where keys are published.

``python -m bench.stub KEYS_FILE PORT``. A POST is answered 201 with an id, as the
connector answers a reply; a GET gets the key set or the metadata that lead to it. It counts the
replies, so that a contender which sends none is found out (``GET /count``).
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from bench.pinning import SECOND_CORE, pin

__all__ = ["main"]

END = b"\r\n\r\n"
CREATED = (
    b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
    b'Content-Length: 10\r\n\r\n{"id":"1"}'
)


class Stub(asyncio.Protocol):
    """One connection, kept open for as many requests as come."""

    replies = 0

    def __init__(self, keys: str) -> None:
        self._keys = keys
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(END)) >= 0:
            head = self._heard[:end].lower()
            size = self._body_size(head, end + len(END))
            if size is None or len(self._heard) < size:
                return
            self._heard = self._heard[size:]
            self._answer(head)

    def _body_size(self, head: bytes, start: int) -> int | None:
        """Return where the request ends; ``None`` while that cannot be told."""
        if b"transfer-encoding: chunked" in head:
            end = self._heard.find(b"0\r\n\r\n", start)
            return None if end < 0 else end + 5
        at = head.find(b"content-length:")
        if at < 0:
            return start
        return start + int(head[at + 15 : at + 30].split(b"\r\n")[0])

    def _answer(self, head: bytes) -> None:
        if head.startswith(b"post"):
            Stub.replies += 1
            self._transport.write(CREATED)
            return
        if b"/count " in head[:60]:
            body = str(Stub.replies)
        elif b"/keys " in head[:60]:
            body = self._keys
        else:
            host = head.split(b"host: ")[1].split(b"\r\n")[0].decode()
            body = json.dumps(
                {
                    "issuer": "https://api.botframework.com",
                    "jwks_uri": f"http://{host}/v1/.well-known/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )


async def main(keys_file: Path, port: int) -> None:
    """Serve until the pipe to us is closed."""
    pin(SECOND_CORE)
    keys = keys_file.read_text(encoding="utf-8")  # noqa: ASYNC240  (once, before anybody calls)
    server = await asyncio.get_running_loop().create_server(lambda: Stub(keys), "127.0.0.1", port)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
