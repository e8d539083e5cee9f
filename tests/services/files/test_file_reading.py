"""Files of strangers, read in a process of their own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from services.files.file_reading import Apart, Here, in_one
from services.files.reading_child import answers
from services.files.reading_wire import (
    Answer,
    Ask,
    S,
    What,
    answer_in,
    events_of,
    framed,
    next_said,
    portion_in,
    unframed,
)
from services.model.books import BookKind
from services.model.contact_lists import CustomField, FieldId, ListShape
from services.model.errors import Damaged
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


def all_passed_on(ask: Ask, data: bytes, read: Callable[[bytes], S]) -> Iterator[S]:
    """Yield what the other process would answer, there and back on the wire."""
    wire = BytesIO(b"".join(map(framed, answers(*unframed(BytesIO(framed(ask) + data))))))
    while (answer := next_said(wire, read)) is not None:
        yield answer


def passed_on(ask: Ask, data: bytes) -> Answer:
    [answer] = all_passed_on(ask, data, answer_in)
    return answer


async def test_what_stands_in_a_cell_does_not_make_a_table_a_vcard() -> None:
    table = b"Title,Start date,Notes\nLunch,2026-11-20,it said BEGIN:VCARD\n"
    assert await Here().kind(table) is BookKind.CALENDAR
    assert await Here().kind(b"\xef\xbb\xbf  BEGIN:VCARD\r\nFN:Ada") is BookKind.CONTACTS


async def test_what_goes_over_the_wire_comes_back_as_it_was_read() -> None:
    here = Here()
    data = a_calendar(3, "RRULE:FREQ=WEEKLY;COUNT=3\nX-ODD:kept\n") + b"garbage"
    table = b"Title,Start date\nLunch,2026-11-20\n,2026-11-21\n"
    people = b"Name,Nickname,E-mail\nAda,Countess,ada@engines.example\n"
    read = events_of(passed_on(Ask(What.CALENDAR, BERLIN), data))
    assert read == await here.calendar(data, BERLIN)
    read = events_of(passed_on(Ask(What.EVENTS, BERLIN, "de"), table))
    assert read == await here.events(table, BERLIN, "de")
    for each in (VCARD, people):
        ask = Ask(What.CONTACTS, BERLIN, "en", SHAPE, "DK")
        found = [*all_passed_on(ask, each, portion_in)]
        assert found == [
            portion async for portion in here.contacts(in_one(each), "en", SHAPE, "DK")
        ]
        with pytest.raises(Damaged):
            list(all_passed_on(ask, each, answer_in))
    assert passed_on(Ask(What.KIND, BERLIN), VCARD).kind is await here.kind(VCARD)
    with pytest.raises(Damaged):
        list(all_passed_on(Ask(What.KIND, BERLIN), VCARD, portion_in))


async def test_a_file_is_read_apart_as_it_is_here_or_refused_with_the_same_reason() -> None:
    apart, here = Apart(), Here()
    assert await apart.events(a_calendar(2), BERLIN, "en") == await here.events(
        a_calendar(2), BERLIN, "en"
    )
    for reader in (apart, here):
        with pytest.raises(BadFile) as caught:
            await reader.events(VCARD, ZoneInfo("UTC"), "en")
        assert caught.value.why is FileWrong.NOT_A_CALENDAR


@pytest.mark.slow
async def test_contacts_come_in_portions_and_who_leaves_early_ends_the_reading() -> None:
    rows = "".join(f"Ada {n},ada{n}@x.example\n" for n in range(1_200))
    apart, data = Apart(), f"Name,E-mail\n{rows}".encode()
    sizes = [len(each.rows) async for each in apart.contacts(in_one(data), "en", ListShape(), "DK")]
    assert sum(sizes) == 1_200 and max(sizes) == 500
    for _ in range(3):  # more than may run at once
        async with aclosing(apart.contacts(in_one(data), "en", ListShape(), "DK")) as portions:
            await anext(portions)
    with pytest.raises(BadFile) as caught:
        [each async for each in apart.contacts(in_one(data + b"x," * 200), "en", ListShape(), "")]
    assert caught.value.why is FileWrong.TOO_COMPLEX


@pytest.mark.slow
async def test_a_file_that_takes_too_long_is_given_up_and_the_program_goes_on_meanwhile() -> None:
    ticks = 0

    async def ticking() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    beside = asyncio.create_task(ticking())
    slow = a_calendar(20_000, "RRULE:FREQ=WEEKLY;COUNT=3\n")  # seconds; and it gets less than one
    with pytest.raises(BadFile) as caught:
        await Apart(within=0.2).events(slow, BERLIN, "en")
    beside.cancel()
    assert caught.value.why is FileWrong.TOO_COMPLEX
    assert ticks >= 3


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
async def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    with pytest.raises(BadFile) as caught:
        await Apart(memory=30_000_000).events(a_calendar(5_000), BERLIN, "en")
    assert caught.value.why is FileWrong.TOO_COMPLEX


async def test_a_file_of_which_a_piece_is_lost_is_not_read() -> None:
    async def torn() -> AsyncGenerator[bytes, None]:
        yield b"Name,E-mail\nAda,ada@x.example\n"
        raise BadFile(FileWrong.EXPIRED)

    with pytest.raises(BadFile) as caught:
        [each async for each in Apart().contacts(torn(), "en", ListShape(), "")]
    assert caught.value.why is FileWrong.EXPIRED
