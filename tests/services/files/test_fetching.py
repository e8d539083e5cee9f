"""What people point at: whom the fetcher asks, whom it does not, and how much it takes."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.files.addresses import is_public
from services.files.fetching import Fetcher
from services.model.web_links import NotFetched

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[str]]

INNER = (
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
    *("100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "255.255.255.255", "168.63.129.16"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "3fff::1"),
    *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "::7f00:1", "2001:db8::1"),
    "not an address",
)
OUTER = ("93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001::1")
NAMES = (
    *("http://example.org/x", "ftp://example.org/x", "file:///etc/passwd", "//example.org/x", ""),
    *("https://127.0.0.1/x", "https://[::1]/x", "https://[::ffff:127.0.0.1]/x"),
    *("https://2130706433/x", "https://127.1/x", "https://0177.0.0.1/x", "https://0x7f.0.0.1/x"),
    *("https://0x7f000001/x", "https://\u2460\u2461\u2466.0.0.1/x", "https://localhost/x"),
    *("https://localhost./x", "https://intranet/x", "https://printer.local/x"),
    *("https://vault.internal/x", "https://example.org:8443/x", "https://me:pw@example.org/x"),
    *("webcal://10.0.0.1/x", "https://example.org/" + "x" * 3000, "javascript:alert(1)"),
)


async def nobody(host: str) -> Sequence[str]:
    raise AssertionError(f"{host} was looked up")


def answering(*addresses: str) -> Callable[[str], Awaitable[Sequence[str]]]:
    async def resolve(host: str) -> Sequence[str]:
        return addresses

    return resolve


@pytest_asyncio.fixture
async def serve() -> AsyncIterator[Serve]:
    servers: list[TestServer] = []

    async def start(handler: Handler) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return f"http://127.0.0.1:{server.port}"

    yield start
    for server in servers:
        await server.close()


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTER)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", NAMES)
async def test_what_is_no_public_name_is_not_even_looked_up(url: str) -> None:
    with pytest.raises(NotFetched):
        await Fetcher(resolve=nobody).get(url, most=1000)


@pytest.mark.parametrize("addresses", [(), ("10.0.0.1",), ("93.184.216.34", "10.0.0.1")])
async def test_every_address_of_a_name_must_be_public(addresses: tuple[str, ...]) -> None:
    asked: list[str] = []

    async def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return addresses

    with pytest.raises(NotFetched):
        await Fetcher(resolve=resolve).get("https://example.org/x.ics", most=1000)
    assert asked == ["example.org"], "looked up once"


async def test_a_webcal_address_means_https() -> None:
    asked: list[str] = []

    async def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return ()

    with pytest.raises(NotFetched):
        await Fetcher(resolve=resolve).get("webcal://example.org/x.ics?a=1", most=1000)
    assert asked == ["example.org"]


async def test_a_redirect_to_an_inner_address_is_not_followed(serve: Serve) -> None:
    for target in ("http://169.254.169.254/", "https://10.0.0.1/", "https://localhost/", "/\\\\x"):

        async def handler(request: web.Request, target: str = target) -> web.Response:
            return web.Response(status=302, headers={"Location": target})

        url = await serve(handler)
        with pytest.raises(NotFetched):
            await Fetcher([url], resolve=nobody).get(url, most=1000)


async def test_redirects_are_followed_a_few_times(serve: Serve) -> None:
    asked: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/done":
            return web.Response(body=b"here")
        if request.path == "/near":
            return web.Response(status=301, headers={"Location": "/done"})
        return web.Response(status=302, headers={"Location": request.path + "x"})

    url = await serve(handler)
    assert (await Fetcher([url]).get(f"{url}/near", most=10)).body == b"here"
    asked.clear()
    with pytest.raises(NotFetched):
        await Fetcher([url]).get(f"{url}/round", most=10)
    assert len(asked) == 4


async def test_what_is_known_is_not_sent_again(serve: Serve) -> None:
    async def handler(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")
        if known == ('"a"', "yesterday"):
            return web.Response(status=304)
        return web.Response(body=b"x", headers={"ETag": '"a"', "Last-Modified": "yesterday"})

    url = await serve(handler)
    first = await Fetcher([url]).get(url, most=10)
    assert (first.body, first.etag, first.modified) == (b"x", '"a"', "yesterday")
    again = await Fetcher([url]).get(url, most=10, etag=first.etag, modified=first.modified)
    assert again.is_unchanged and not again.body


async def test_no_more_is_taken_than_was_asked_for_not_even_unpacked(serve: Serve) -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    assert len(bomb) < 50_000

    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    url = await serve(handler)
    with pytest.raises(NotFetched) as raised:
        await Fetcher([url]).get(url, most=1_000_000)
    assert raised.value.is_too_large


async def test_who_sends_drop_by_drop_is_left(serve: Serve) -> None:
    left = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"x")
        await left.wait()
        return response

    url = await serve(handler)
    try:
        with pytest.raises(NotFetched):
            await Fetcher([url], within=0.05).get(url, most=1000)
    finally:
        left.set()


async def test_a_header_of_ten_thousand_lines_is_refused(serve: Serve) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=b"x", headers=[(f"X-{n}", "y" * 100) for n in range(10_000)])

    url = await serve(handler)
    with pytest.raises(NotFetched):
        await Fetcher([url]).get(url, most=1000)


@pytest.mark.parametrize(("status", "is_gone"), [(404, True), (410, True), (500, False)])
async def test_a_refusal_tells_whether_there_is_nothing(
    serve: Serve, status: int, is_gone: bool
) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, text="secret words")

    url = await serve(handler)
    with pytest.raises(NotFetched) as raised:
        await Fetcher([url]).get(url, most=1000)
    assert raised.value.is_gone is is_gone and "secret" not in str(raised.value)


async def test_nothing_of_ours_goes_along(serve: Serve) -> None:
    seen: list[dict[str, str]] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(dict(request.headers))
        response = web.Response(body=b"x")
        response.set_cookie("a", "b")
        return response

    url = await serve(handler)
    fetcher = Fetcher([url])
    for _ in range(2):
        await fetcher.get(url, most=1000)
    assert not {"Cookie", "Authorization"} & set().union(*seen)


async def test_who_does_not_answer_is_unreachable() -> None:
    with pytest.raises(NotFetched):
        await Fetcher(["http://127.0.0.1:9"]).get("http://127.0.0.1:9/x", most=10)
    with pytest.raises(NotFetched):
        await Fetcher(resolve=answering("93.184.216.34"), within=0.01).get(
            "https://example.org/x", most=10
        )


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x",
        "https://evilsharepoint.com/x",
        "https://harbour.sharepoint.com.example.org/x",
        "https://sharepoint.com/x",
        "http://harbour-my.sharepoint.com/x",
        "https://harbour-my.sharepoint.com:seven/x",
    ],
)
async def test_a_file_is_put_into_sharepoint_alone(url: str) -> None:
    with pytest.raises(NotFetched):
        await Fetcher(resolve=nobody).put(url, b"BEGIN:VCALENDAR")


async def test_where_sharepoint_is_said_to_be_inside_no_file_is_put() -> None:
    asked: list[str] = []

    async def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return ["10.0.0.1"]

    with pytest.raises(NotFetched):
        await Fetcher(resolve=resolve).put("https://harbour-my.sharepoint.com/x", b"x")
    assert asked == ["harbour-my.sharepoint.com"]
