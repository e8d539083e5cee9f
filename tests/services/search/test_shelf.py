from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from services.model.books import Book, BookId, BookKind
from services.model.errors import Damaged
from services.search import shelf
from services.search.entries import contact_entry
from services.search.index import Index
from services.search.shelf import Indexes
from services.search.wanted import wanted_of
from services.storage.codec import encode
from services.storage.sealed import Opened
from tests._builders import a_book, a_contact
from tests.services.search._segments import NoSegments

LONG = 60.0
BOOK = a_book(kind=BookKind.CONTACTS)


class Pages:
    """A ledger of one contact a page; the last page comes when it is let through."""

    def __init__(self, *pages: bytes) -> None:
        self.pages = list(pages)
        self.let_through = asyncio.Event()
        self.asked_since: list[int] = []

    async def revision(self, book: Book) -> int:
        return len(self.pages)

    async def unread(self, book: Book, since: int) -> AsyncIterator[tuple[Sequence[Opened], int]]:
        self.asked_since.append(since)
        for number, body in enumerate(self.pages[since:], since + 1):
            if number == len(self.pages):
                await self.let_through.wait()
            yield [Opened("contact", str(number), body, number, "")], len(self.pages)


def named(*names: str) -> list[bytes]:
    return [encode(a_contact(name=name)) for name in names]


async def found(indexes: Indexes, text: str) -> int:
    return len((await indexes.of(BOOK)).search(wanted_of(text), 99))


async def test_who_cannot_wait_is_answered_from_what_is_there() -> None:
    ledger = Pages(*named("Ada", "Adam", "Adele"))
    indexes = Indexes(ledger, NoSegments(), contact_entry, 10**9, patience=0)
    assert await found(indexes, "ada") == 0
    async with asyncio.timeout(LONG):
        while await found(indexes, "ada") < 2:
            pass  # which lets others go on
    ledger.let_through.set()
    async with asyncio.timeout(LONG):
        while await found(indexes, "ade") < 1:
            pass  # which lets others go on
    assert ledger.asked_since == [0]
    await indexes.close()


async def test_only_what_was_written_since_is_read() -> None:
    ledger = Pages(*named("Ada"))
    ledger.let_through.set()
    indexes = Indexes(ledger, NoSegments(), contact_entry, 10**9, patience=LONG)
    assert await found(indexes, "ada") == 1
    ledger.pages += named("Adam", "Adele")
    assert await found(indexes, "ad") == 3
    assert await found(indexes, "ad") == 3
    assert ledger.asked_since == [0, 1]
    await indexes.close()


async def test_what_is_damaged_is_told_to_each_who_asks() -> None:
    ledger = Pages(*named("Ada"), b"?")
    ledger.let_through.set()
    indexes = Indexes(ledger, NoSegments(), contact_entry, 10**9, patience=LONG)
    for _ in range(2):
        with pytest.raises(Damaged):
            await indexes.of(BOOK)
    ledger.pages[1:] = named("Adam")
    assert await found(indexes, "ada") == 2
    await indexes.close()


async def test_closing_ends_what_is_being_read() -> None:
    ledger = Pages(*named("Ada", "Adam"))
    indexes = Indexes(ledger, NoSegments(), contact_entry, 10**9, patience=0)
    await indexes.of(BOOK)
    await indexes.close()
    assert len(asyncio.all_tasks()) == 1


async def test_when_room_is_short_those_go_that_were_not_used_for_the_longest_time() -> None:
    ledger = Pages(*named("Ada"))
    ledger.let_through.set()
    books = [a_book(id=BookId(f"book-{number}"), kind=BookKind.CONTACTS) for number in range(3)]
    takes = (await Indexes(ledger, NoSegments(), contact_entry, 10**9, patience=LONG).of(BOOK)).size
    indexes = Indexes(ledger, NoSegments(), contact_entry, 2 * takes, patience=LONG)
    ledger.asked_since.clear()
    for number, reads in [(0, 1), (1, 2), (0, 2), (2, 3), (0, 3), (2, 3), (1, 4), (2, 4), (0, 5)]:
        await indexes.of(books[number])
        assert len(ledger.asked_since) == reads
    await indexes.close()


async def test_who_reads_one_of_many_indexes_weighs_that_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weighed = 0

    class Counted(Index):
        @property
        def size(self) -> int:
            nonlocal weighed
            weighed += 1
            return super().size

    monkeypatch.setattr(shelf, "Index", Counted)
    ledger = Pages(*named("Ada"))
    ledger.let_through.set()
    indexes = Indexes(ledger, NoSegments(), contact_entry, 10**9, patience=LONG)
    for number in range(30):
        await indexes.of(a_book(id=BookId(f"book-{number}"), kind=BookKind.CONTACTS))
    assert weighed == 30
    await indexes.close()
