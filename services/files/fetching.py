"""Fetching what people point at: subscribed calendars, and files that Teams says where they lie.

These are the only requests whose target somebody chooses, and this is the only module that makes
them. A name is resolved once, every address of it must be public, and the connection goes to
exactly these addresses; each redirect begins anew; time and size are bounded, the latter after
unpacking. Neither an address nor what went wrong is logged: both may hold secrets.

``trusted`` names origins that are let through as they are: the sandbox of the demo, the servers of
tests. In production there are none.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from services.files.addresses import is_public
from services.model.web_links import NotFetched

__all__ = ["Fetched", "Fetcher"]

MOST_LETTERS = 2048
MOST_REDIRECTS = 3
RESOLVED_WITHIN = 2.0
WITHIN = 20.0
"""Seconds for all of it."""
PIECE = 64 * 1024
INNER = (".local", ".internal", ".localhost", ".home.arpa", ".intranet", ".lan", ".corp")
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SHAREPOINT = (".sharepoint.com", ".sharepoint.us", ".sharepoint.cn")
"""Where OneDrive for Business is. The address of an upload comes from somebody's client, which may
name any."""
ANY = ("",)
AGENT = {"User-Agent": "Almanac/1.0 (calendar subscriptions)"}

Resolve = Callable[[str], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back."""

    body: bytes = field(repr=False)
    etag: str = ""
    modified: str = ""
    """``Last-Modified``, as it was said."""
    is_unchanged: bool = False
    """The server says that nothing has changed; there is no body."""


class Fetcher:
    """Makes guarded requests; ``trusted`` are origins such as ``http://127.0.0.1:4000``."""

    def __init__(
        self, trusted: Collection[str] = (), resolve: Resolve | None = None, within: float = WITHIN
    ) -> None:
        self._trusted = frozenset(trusted)
        self._resolve = resolve or _addresses
        self._within = within

    async def get(
        self, url: str, *, most: int, accept: str = "*/*", etag: str = "", modified: str = ""
    ) -> Fetched:
        """Return what lies behind an address.

        Args:
            url: https, or ``webcal``, which means it.
            most: bytes, after unpacking.
            accept: the types that are wanted.
            etag: of what is known already.
            modified: ``Last-Modified`` of what is known already.

        Raises:
            NotFetched: it could not be, or may not be.
        """
        headers = {"Accept": accept, **AGENT}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        return await self._ask("GET", url, headers, None, most)

    async def put(self, url: str, data: bytes) -> None:
        """Upload a file to where Teams says, in one piece: into somebody's OneDrive.

        Raises:
            NotFetched: it was not taken, or may not go there.
        """
        span = f"bytes 0-{len(data) - 1}/{len(data)}"
        headers = {"Content-Range": span, "Content-Type": "application/octet-stream", **AGENT}
        await self._ask("PUT", url, headers, data, PIECE, SHAREPOINT)

    async def _ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        data: bytes | None,
        most: int,
        endings: tuple[str, ...] = ANY,
    ) -> Fetched:
        try:
            async with asyncio.timeout(self._within):
                target = self._checked(url, endings)
                for _ in range(MOST_REDIRECTS + 1):
                    answer = await self._once(method, target, headers, data, most)
                    if isinstance(answer, Fetched):
                        return answer
                    target = self._checked(answer)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as err:
            raise NotFetched from err
        raise NotFetched

    async def _once(
        self, method: str, target: URL, headers: Mapping[str, str], data: bytes | None, most: int
    ) -> Fetched | str:
        """Ask once; return the answer, or where it sends us."""
        connector = await self._connector(target)
        timeout = aiohttp.ClientTimeout(total=self._within, sock_connect=3)
        async with (
            aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=timeout
            ) as session,
            session.request(
                method, target, headers=headers, data=data, allow_redirects=False
            ) as response,
        ):
            if response.status in REDIRECTS and method == "GET":
                return str(target.join(URL(response.headers.get("Location", ""))))
            if response.status == 304:
                return Fetched(b"", is_unchanged=True)
            if not 200 <= response.status < 300:
                raise NotFetched(is_gone=response.status in (404, 410))
            body = await _read(response, most)
            return Fetched(
                body,
                response.headers.get("ETag", "")[:500],
                response.headers.get("Last-Modified", "")[:100],
            )

    async def _connector(self, target: URL) -> aiohttp.TCPConnector:
        if _origin(target) in self._trusted:
            return aiohttp.TCPConnector()
        host = target.host or ""
        async with asyncio.timeout(RESOLVED_WITHIN):
            addresses = await self._resolve(host)
        if not addresses or not all(map(is_public, addresses)):
            raise NotFetched
        return aiohttp.TCPConnector(resolver=_Pinned(host, addresses), use_dns_cache=False)

    def _checked(self, address: str, endings: tuple[str, ...] = ANY) -> URL:
        """Return an address that may be asked, as far as it says itself; its host ends so."""
        if len(address) > MOST_LETTERS:
            raise NotFetched
        url = URL(address.strip())
        if url.scheme == "webcal":
            url = URL.build(scheme="https", authority=url.raw_authority, encoded=True).join(
                URL(url.raw_path_qs, encoded=True)
            )
        if _origin(url) in self._trusted:
            return url
        host = (url.host or "").rstrip(".").lower()
        is_fine = (
            url.scheme == "https"
            and url.user is None
            and url.password is None
            and url.port == 443
            and "." in host
            and host.endswith(endings)
            and not host.endswith(INNER)
            and not _is_literal(host)
        )
        if not is_fine:
            raise NotFetched
        return url


class _Pinned(AbstractResolver):
    """Knows one name, and only the addresses that were looked at."""

    def __init__(self, host: str, addresses: Sequence[str]) -> None:
        self._host = host
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host != self._host:
            raise OSError("another name")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        return None


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    pieces, size = [], 0
    async for piece in response.content.iter_chunked(PIECE):
        size += len(piece)
        if size > most:
            raise NotFetched(is_too_large=True)
        pieces.append(piece)
    return b"".join(pieces)


async def _addresses(host: str) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _origin(url: URL) -> str:
    return f"{url.scheme}://{url.host}:{url.port}"


def _is_literal(host: str) -> bool:
    """Whether a host is an address, in any of the ways in which somebody may read one."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        last = host.rpartition(".")[2]
        return last.isdigit() or last.startswith("0x")
    return True
