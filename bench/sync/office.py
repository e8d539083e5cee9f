"""A sandbox Microsoft 365 of as many people as a measurement needs, in a process of its own.

``python -m bench.sync.office FOLDER PEOPLE EVENTS`` listens on loopback and then writes
``FOLDER/office.json``: where Graph is, and of each person their id, a token and their calendar.
The third of them has EVENTS events already; every other calendar is empty.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time as wall_time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msal

from bench.pinning import SECOND_CORE, pin
from bench.process import child
from bench.sync.employees import CLIENT_ID, DAYS, FULL, SECRET, TEXT, WallClock
from sandbox.entra.directory import Registration
from sandbox.people import PEOPLE, TENANT, SamplePerson
from sandbox.server import Sandbox
from sandbox.writing import timed
from services.graph.auth import SCOPES

__all__ = ["employees", "fill", "running"]

OPENID = frozenset({"openid", "profile", "email", "offline_access"})
START_SECONDS = 120.0


@contextmanager
def running(folder: Path, people: int, events: int) -> Iterator[int]:
    """Have an office while the block runs; yield its process id.

    Raises:
        RuntimeError: it did not open.
    """
    told = folder / "office.json"
    told.unlink(missing_ok=True)  # of an office that was here before
    command = [sys.executable, "-m", "bench.sync.office", str(folder), str(people), str(events)]
    with child(command, folder / "office.log") as process:
        _wait_for(told)
        yield process.pid


def _wait_for(file: Path) -> None:
    for _ in range(int(START_SECONDS * 20)):
        if file.exists():
            return
        time.sleep(0.05)
    raise RuntimeError("the office did not open; its log lies beside it")


def employees(many: int) -> list[SamplePerson]:
    """Make up people."""
    return [_employee(number) for number in range(many)]


def _employee(number: int) -> SamplePerson:
    like = PEOPLE[number % len(PEOPLE)]
    name = f"person{number}"
    return SamplePerson(
        object_id=str(UUID(int=(number + 1) << 80, version=4)),
        display_name=name.capitalize(),
        given_name=name,
        surname="Example",
        user_principal_name=f"{name}@{TENANT.domain}",
        mail=f"{name}@{TENANT.domain}",
        job_title=like.job_title,
        office=like.office,
        mobile_phone=like.mobile_phone,
        zone=like.zone,
        language=like.language,
    )


async def main(folder: Path, people: int, events: int) -> None:
    """Open, fill, and serve until stopped."""
    pin(SECOND_CORE)
    clock = WallClock()
    staff = employees(people)
    redirect = frozenset({"http://127.0.0.1/auth/callback"})
    sandbox = Sandbox(clock, [Registration(CLIENT_ID, SECRET, redirect)], staff)
    sandbox.limits.set("*=off at-once=usual")  # what they would add is worked out, not waited for
    await sandbox.start(port=0)
    try:
        fill(sandbox, staff[FULL], events)
        facts = {
            "graph_url": sandbox.graph_url,
            "authority": sandbox.authority,
            "ca_file": sandbox.ca_file,
            "tenant": TENANT.id,
            "people": [_known(sandbox, each) for each in staff],
        }
        written = folder / "office.json.part"
        written.write_text(json.dumps(facts))
        written.rename(folder / "office.json")
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


def _known(sandbox: Sandbox, person: SamplePerson) -> tuple[str, str, str, str]:
    """Return what an :class:`~bench.sync.employees.Employee` is made of."""
    tokens = sandbox.directory.issue_tokens(CLIENT_ID, person, frozenset(SCOPES) | OPENID)
    sandbox.directory.approve(CLIENT_ID, person, frozenset(SCOPES))
    id, calendar = person.object_id, sandbox.mailbox(person).default_calendar.id
    who = json.dumps({"uid": id, "utid": TENANT.id}).encode()
    cache = msal.SerializableTokenCache()
    cache.add(
        {
            "client_id": CLIENT_ID,
            "scope": list(SCOPES),
            "token_endpoint": f"{sandbox.authority}/oauth2/v2.0/token",
            "response": {
                "access_token": tokens.access_token,
                "refresh_token": tokens.refresh_token,
                "expires_in": 3600,
                "client_info": urlsafe_b64encode(who).decode().rstrip("="),
                "id_token_claims": {
                    "oid": id,
                    "tid": TENANT.id,
                    "preferred_username": person.user_principal_name,
                },
            },
        }
    )
    return id, tokens.access_token, cache.serialize(), calendar


def fill(sandbox: Sandbox, person: SamplePerson, events: int) -> None:
    """Spread events over the days of a link's window, half an hour each."""
    mailbox = sandbox.mailbox(person)
    tomorrow = sandbox.office.clock.now().date() + timedelta(days=1)
    for number in range(events):
        turn, day = divmod(number, DAYS)
        at = wall_time(7 + turn // 4 % 12, turn % 4 * 15)
        title = f"Review {number} of the harbour plans"
        zone, on = person.zone, tomorrow + timedelta(days=day)
        mailbox.add(timed(title, on, at, 30, zone, place="Room Linde", text=TEXT))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
