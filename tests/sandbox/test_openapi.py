"""The sandbox's own description: true to its routes, and schemathesis finds no hole in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import FailureGroup

from sandbox.graph.app import graph_app
from sandbox.mishaps import Scene
from sandbox.openapi import openapi
from sandbox.operations import operations
from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests._judge import JudgedSandbox
from tests.sandbox._caller import BERLIN, FACE, Caller

DOCUMENT = openapi()
ATTACKED = sorted(
    each
    for each in DOCUMENT["paths"]
    if "{person}" not in each and not each.startswith(("/me/calendar/events", "/me/calendar/cal"))
)
"""One of each kind of place: the same resource hangs in several."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

schemathesis.openapi.media_type("image/jpeg", st.just(FACE) | st.binary(max_size=40))


@dataclass(frozen=True, slots=True)
class Served:
    """A sandbox that runs beside the test, since schemathesis waits for its answers."""

    running: Sandbox
    token: str

    def call(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        with requests.Session() as session:
            session.trust_env = False
            url = self.running.graph_url + path
            return session.request(method, url, headers=headers, timeout=20, **options).json()

    def give(self, contact: str) -> None:
        """Give a contact a photo."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "image/jpeg"}
        with requests.Session() as session:
            session.trust_env = False
            url = f"{self.running.graph_url}/me/contacts/{contact}/photo/$value"
            assert session.put(url, FACE, headers=headers, timeout=20).ok

    def make(self, kind: str) -> str:
        """Return an id of something that is there, for a parameter of a path."""
        at = {"dateTime": "2026-11-20T12:30:00", "timeZone": BERLIN}
        if kind == "event":
            return str(self.call("POST", "/me/events", json={"start": at, "end": at})["id"])
        if kind == "folder":
            name = {"displayName": uuid4().hex}
            return str(self.call("POST", "/me/contactFolders", json=name)["id"])
        if kind == "contact":
            made = str(self.call("POST", "/me/contacts", json={"displayName": "x"})["id"])
            self.give(made)
            return made
        if kind == "calendar":
            return str(self.call("GET", "/me/calendars")["value"][-1]["id"])
        return PEOPLE[1].object_id


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    running = JudgedSandbox(FrozenClock())
    running.limits.set("*=off")  # thousands of requests, all in one moment of a clock at rest
    asyncio.run_coroutine_threadsafe(running.start(port=0), loop).result()
    yield Served(running, running.token_for(PEOPLE[0]))
    stopping = asyncio.run_coroutine_threadsafe(running.stop(), loop)
    try:
        stopping.result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def test_the_description_names_each_route_and_no_other(
    sandbox: Sandbox, graph: Caller
) -> None:
    described = {(each.method, each.path) for each in operations()}
    app = graph_app(sandbox.door, Scene(sandbox.office, sandbox.directory, sandbox.notices))
    served = {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None and route.method != "HEAD"
    }
    assert served == described
    async with graph.session.get(f"{sandbox.page_url}/sandbox/openapi.json") as answer:
        assert await answer.json() == DOCUMENT


@pytest.mark.slow
@pytest.mark.parametrize("path", ATTACKED)
def test_no_request_finds_a_hole(served: Served, path: str) -> None:
    for method in DOCUMENT["paths"][path]:
        attack(served, method, path)


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["500", "418"])
def test_a_hole_would_be_found(served: Served, trouble: str) -> None:
    served.running.order(f"GET */me/calendar -> {trouble} times=always")
    with pytest.raises(FailureGroup):
        attack(served, "get", "/me/calendar")
    served.running.faults.clear()


@cache
def schema() -> Any:
    return schemathesis.openapi.from_dict(DOCUMENT)


def attack(served: Served, method: str, path: str) -> None:
    """Send right and wrong requests; each answer must be one that the description has."""
    operation = schema()[path][method.upper()]
    cases = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if operation.body or operation.query or operation.path_parameters:
        cases |= operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(
        max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=cases, is_real=st.booleans())
    def send(case: Any, is_real: bool) -> None:
        if is_real:
            case.path_parameters = {name: served.make(name) for name in case.path_parameters or {}}
        headers = {"Authorization": f"Bearer {served.token}"}
        answer = case.call(base_url=served.running.graph_url, headers=headers)
        case.validate_response(answer, checks=CHECKS)

    send()
