"""Files of strangers, read in a process of their own."""

from __future__ import annotations

import asyncio
import sys
from zoneinfo import ZoneInfo

import pytest

from services.file_reading import Apart, Here
from services.model.books import BookKind
from services.model.contact_lists import CustomField, FieldId, ListShape
from services.model.imports import BadFile, FileWrong
from tests._builders import BERLIN

EVENT = (
    "BEGIN:VEVENT\nUID:{n}\nDTSTART;TZID=Europe/Berlin:20261120T123000\nSUMMARY:x{n}\n"
    "{more}END:VEVENT\n"
)
SHAPE = ListShape(groups=("Board",), fields=(CustomField(FieldId("f1"), "Nickname"),))
VCARD = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Byron\r\nN:Byron;Ada;;;\r\n"
    b"PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=\r\nEND:VCARD\r\n"
)


def a_calendar(events: int, more: str = "") -> bytes:
    body = "".join(EVENT.format(n=n, more=more) for n in range(events))
    return f"BEGIN:VCALENDAR\nX-WR-CALNAME:Ours\n{body}END:VCALENDAR\n".encode()


async def test_what_is_read_apart_is_what_is_read_here() -> None:
    apart, here = Apart(), Here()
    data = a_calendar(3, "RRULE:FREQ=WEEKLY;COUNT=3\nX-ODD:kept\n") + b"garbage"
    table = b"Title,Start date\nLunch,2026-11-20\n,2026-11-21\n"
    people = b"Name,Nickname,E-mail\nAda,Countess,ada@engines.example\n"
    assert await apart.calendar(data, BERLIN) == await here.calendar(data, BERLIN)
    assert await apart.events(table, BERLIN, "de") == await here.events(table, BERLIN, "de")
    for each in (VCARD, people):
        assert await apart.contacts(each, "en", SHAPE) == await here.contacts(each, "en", SHAPE)
    assert await apart.kind(VCARD) is await here.kind(VCARD) is BookKind.CONTACTS


async def test_what_cannot_be_taken_is_told_as_here() -> None:
    for reader in (Apart(), Here()):
        with pytest.raises(BadFile) as caught:
            await reader.events(VCARD, ZoneInfo("UTC"), "en")
        assert caught.value.why is FileWrong.NOT_A_CALENDAR


async def test_a_file_that_takes_too_long_is_given_up_and_the_program_goes_on_meanwhile() -> None:
    ticks = 0

    async def ticking() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    beside = asyncio.create_task(ticking())
    with pytest.raises(BadFile) as caught:
        await Apart(within=0.2).events(a_calendar(20_000), BERLIN, "en")
    beside.cancel()
    assert caught.value.why is FileWrong.TOO_COMPLEX
    assert ticks >= 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
async def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    with pytest.raises(BadFile) as caught:
        await Apart(memory=30_000_000).events(a_calendar(5_000), BERLIN, "en")
    assert caught.value.why is FileWrong.TOO_COMPLEX
