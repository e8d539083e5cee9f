"""Write the Playground's configuration: who is in the chats, and which chats there are.

It reads ``.m365agentsplayground.yml`` from the directory it is started in. JSON is YAML too, so
no YAML library is needed. Ids look like those of Teams (``29:``, ``19:``), for they are stored,
compared and quoted into addresses like those.
Format: the ``README.md`` of the npm package ``@microsoft/m365agentsplayground``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sandbox.people import SamplePerson, Tenant

__all__ = ["BOT_NAME", "CHANNEL_NAME", "FILE_NAME", "TEAM_NAME", "write_config"]

FILE_NAME = ".m365agentsplayground.yml"
BOT_NAME = "Almanac"
TEAM_NAME = "Product"
CHANNEL_NAME = "Launch"
OTHERS = 5
"""The Playground wants exactly so many people beside the one at the keyboard."""
VISITOR = SamplePerson(
    object_id="d86e0b94-35fa-4c72-9e1b-c0f7a2485d13",
    display_name="Noor Haddad (Guest)",
    given_name="Noor",
    surname="Haddad",
    user_principal_name="noor_haddad.example#EXT#@lindenhof.example",
    mail="noor@haddad.example",
    job_title="Printer",
    office="",
    mobile_phone="",
    zone="W. Europe Standard Time",
    language="en-GB",
)
"""A guest, to make up the number: in the chats, but without a mailbox in the sandbox."""


def write_config(work_dir: Path, people: Sequence[SamplePerson], tenant: Tenant) -> Path:
    """Write the file into ``work_dir`` and return its path; the first person is "you"."""
    you, *others = *people, VISITOR
    if len(others) != OTHERS:
        raise ValueError(f"the Playground wants exactly {OTHERS} people of the house")
    config = {
        "version": "0.1.1",
        "tenantId": tenant.id,
        "bot": {"id": "28:0d5b1f36-3f0e-4b8c-9a57-62c1e8d4a7f3", "name": BOT_NAME},
        "currentUser": _user(you),
        "users": [_user(person) for person in others],
        "personalChat": {"id": "a:1mara-and-almanac"},
        "groupChat": {"id": "19:4c7e2a91b05d4f38@thread.v2", "name": "Design crew"},
        "team": {
            "id": "19:9b1d6f0e7c8a4e52@thread.tacv2",
            "name": TEAM_NAME,
            "aadGroupId": "b7f4c1d2-5e83-4a96-8c20-91d3e6a5f047",
            "channels": [{"id": "19:2f8c05d7a3be4961@thread.tacv2", "name": CHANNEL_NAME}],
        },
    }
    work_dir.mkdir(parents=True, exist_ok=True)
    path = work_dir / FILE_NAME
    path.write_text(json.dumps(config, indent=2, ensure_ascii=False), encoding="utf-8")
    return path


def _user(person: SamplePerson) -> dict[str, str]:
    return {
        "id": f"29:1{person.object_id}",
        "name": person.display_name,
        "userPrincipleName": person.user_principal_name,  # the Playground's own spelling
        "aadObjectId": person.object_id,
        "givenName": person.given_name,
        "surname": person.surname,
        "email": person.mail,
    }
