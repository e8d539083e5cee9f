"""After a whole walk through the program, neither its files nor its log hold a word of anybody."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from sandbox.people import TENANT
from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import INES, MARA, House, a_contact, an_event, opened
from tests.services.sync._scene import outlook_event, renamed

PLANTED = (
    *("Zanzibar", "Quagmire", "Xylophone", "Yggdrasil", "Wolfram", "Vellichor", "Umbrella"),
    *("Obsidian", "Nightjar", "Kumquat", "Juniper", "kumquat@juniper.example"),
    *("77889911", "77 88 99 11"),
)
ABOUT = (
    *(MARA.display_name, MARA.mail, MARA.object_id, "Lindqvist"),
    *(INES.display_name, INES.mail, INES.object_id, "Moreau"),
    *(TENANT.id, "Harbour", "Launch", "19:launch@thread.tacv2"),
)
CONTACT = {
    "name": "Kumquat Juniper",
    "email": "kumquat@juniper.example",
    "phone_mobile": "+4577889911",
    "company": "Nightjar",
    "notes": "Obsidian",
}


async def the_walk(house: House, teams: FakeTeams, mara: Someone, ines: Someone) -> None:
    """Everything that a person can do, some of it wrong."""
    channel = teams.channel("Launch", [mara, ines])
    await teams.install(mara)
    await teams.install(mara, channel)
    await house.connect(mara)
    await teams.message(mara, "what about Zanzibar", channel)
    await events(house, teams, mara, ines, channel)
    await contacts(teams, mara)
    await trouble(house, teams, mara, ines)
    await house.pass_time(timedelta(hours=2))
    heard = await teams.message(mara, "disconnect")
    await teams.click(mara, heard.post, "Disconnect, remove the copies")
    await teams.members_removed(channel, ines)
    await teams.uninstall(mara, channel)
    await house.settle()


async def events(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    own = await an_event(teams, mara, "Zanzibar friday 9:00 in Room Quagmire")
    await house.settle()
    outlook = house.outlook()
    (item,) = house.events_in_outlook()
    outlook.edit(outlook.get(outlook.id_of(item)), renamed("Xylophone")(item.content))
    outlook.add(outlook_event("Wolfram", text="Yggdrasil"))
    await house.settle()
    await teams.click(mara, own, "Edit")
    await teams.click(mara, own, "Save", {"text": "Vellichor"})
    post = await an_event(teams, mara, "Umbrella every monday 9:00", channel)
    dialog = await opened(teams, ines, post, "Edit in a window")
    await teams.submit_dialog(ines, dialog, "Save", {"title": "Umbrella Yggdrasil"})
    assert (await teams.query(mara, "searchEvents", "umbrella")).rows
    await house.settle()


async def contacts(teams: FakeTeams, mara: Someone) -> None:
    post = await a_contact(teams, mara, CONTACT)
    assert (await teams.query(mara, "searchContacts", "kumquat")).rows
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"job": "Yggdrasil"})
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")


async def trouble(house: House, teams: FakeTeams, mara: Someone, ines: Someone) -> None:
    heard = await teams.message(mara, "new event")
    wrong = {"title": "Zanzibar" * 50, "zone": "Mars/Quagmire"}
    await teams.click(mara, heard.post, "Create", wrong)
    await teams.execute(mara, heard.post, "event.zanzibar", {"x": "Zanzibar"})
    await teams.invoke(mara, heard.post.chat, "task/submit", {"data": {"verb": "Quagmire"}})
    await teams.unfurl(mara, f"{house.url}/e/Zanzibar")
    async with house.browser.post(
        f"{house.url}/auth/callback", data={"state": "Zanzibar", "code": "Quagmire"}
    ) as page:
        assert page.status == 400
    house.sandbox.faults.fail(times=2, status=500)
    teams.connector.fail(403, code="Forbidden")
    unheard = await teams.message(mara, "new event Zanzibar friday 9:00")
    assert unheard.posts == []
    await house.settle()


async def test_neither_the_files_nor_the_log_hold_a_word(
    house: House,
    teams: FakeTeams,
    mara: Someone,
    ines: Someone,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    for name in ("bot", "services", "cards", "almanac"):
        caplog.set_level(logging.DEBUG, logger=name)

    await the_walk(house, teams, mara, ines)

    tokens = issued(house)
    secrets = [word.lower().encode() for word in (*PLANTED, *ABOUT, *tokens, teams.origin)]
    files = held_in(house)
    assert sum(map(len, files.values())) > 50_000
    for name, held in files.items():
        assert [word for word in secrets if word in held] == [], name
    # The fake Teams and the sandbox keep access logs; the program keeps none.
    ours = [record for record in caplog.records if record.name != "aiohttp.access"]
    said = "\n".join(everything(record) for record in ours).lower().encode()
    assert said, "the walk met trouble, and that is in the log"
    assert [word for word in secrets if word in said] == []


def held_in(house: House) -> dict[str, bytes]:
    """The database as it lies on the disk, its write-ahead log included."""
    files = house.database.parent.glob(f"{house.database.name}*")
    return {file.name: file.read_bytes().lower() for file in files}


def issued(house: House) -> list[str]:
    directory = house.sandbox.directory
    return [*directory._access, *directory._refresh]


def everything(record: logging.LogRecord) -> str:
    """What a handler could write of a record, its exception's text included."""
    return f"{logging.Formatter().format(record)} {record.args!r}"


async def test_what_is_deleted_leaves_no_words_behind(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Zanzibar friday 9:00")
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    assert b"zanzibar" not in b"".join(held_in(house).values())
