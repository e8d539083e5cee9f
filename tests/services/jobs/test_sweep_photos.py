"""Pictures of contacts stay as long as anybody can have them back, and no week longer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.books.recycle_bin import RecycleBin
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.contacts.duplicates import Duplicates, Pair
from services.contacts.photos import photo_id
from services.jobs.sweep_photos import SweepPhotos
from services.model.books import Book
from services.model.contacts import Contact, PhotoId
from services.model.ports import Page
from services.storage.keys import KeyRing
from services.storage.repositories.photos import KeptPhoto
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from tests._builders import a_contact, a_contact_content, a_contact_list, an_author
from tests._fakes import FrozenClock

INES = an_author()
DAY = timedelta(days=1)
FACE, OTHER_FACE, LOGO = b"\x89PNG a face", b"\x89PNG another face", b"\x89PNG a logo"


@dataclass
class Album:
    """A contact list whose contacts are given pictures, and its background, day by day."""

    store: Store
    contacts: Contacts
    clock: FrozenClock
    book: Book

    async def make(self, name: str, png: bytes) -> Contact:
        photo = await self.keep(png)
        content = a_contact_content(name=name, photo=photo)
        return await self.contacts.create(INES, self.book.id, content)

    async def show(self, contact: Contact, png: bytes) -> Contact:
        content = replace(contact.content, photo=await self.keep(png) if png else PhotoId(""))
        return await self.contacts.edit(INES, self.book.id, contact.id, content)

    async def keep(self, png: bytes) -> PhotoId:
        await self.store.photos.put(self.book, photo_id(self.book.id, png), png)
        return photo_id(self.book.id, png)

    async def has(self, png: bytes) -> bool:
        id = photo_id(self.book.id, png)
        return await self.store.photos.find(self.book.tenant, self.book.id, id) == png

    async def days(self, number: int) -> None:
        until = self.clock.now() + number * DAY
        sweep = SweepPhotos(store=self.store, clock=self.clock)
        while (due := await self.store.tasks.soonest()) and due <= until:
            self.clock.move_to(due)
            (task,) = await self.store.tasks.claim("here", 1, 60)
            await sweep(task)
            await self.store.tasks.done(task)
        self.clock.move_to(until)


class Meddled(SqliteRecords):
    """A store in which somebody writes between two walks through a partition."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.walks: list[str] = []
        self.meddler: Callable[[], Awaitable[object]] | None = None

    async def changes(
        self,
        partition: str,
        since: int,
        *,
        kind: str | None = None,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        if kind is not None and kind not in self.walks:
            self.walks.append(kind)
            if self.meddler and len(self.walks) == 2:
                await self.meddler()
        return await super().changes(partition, since, kind=kind, limit=limit, after=after)


@pytest.fixture
def album(store: Store, contacts: Contacts, clock: FrozenClock, contact_list: Book) -> Album:
    return Album(store, contacts, clock, contact_list)


async def test_a_replaced_picture_goes_once_nobody_can_have_it_back(album: Album) -> None:
    ada = await album.make("Ada", FACE)
    await album.show(ada, OTHER_FACE)
    await album.days(29)
    assert await album.has(FACE), "it is in the contact's history"
    await album.days(8)
    assert not await album.has(FACE)
    assert await album.has(OTHER_FACE)


async def test_a_contact_that_comes_back_on_the_last_day_has_its_picture(album: Album) -> None:
    ada = await album.make("Ada", FACE)
    await album.contacts.delete(INES, album.book.id, ada.id)
    await album.days(29)
    bin = RecycleBin(album.store, Sharing(album.store), album.clock)
    await bin.restore_contact(INES, album.book.id, ada.id)
    await album.days(60)
    assert await album.has(FACE)
    await album.contacts.delete(INES, album.book.id, ada.id)
    await album.days(37)
    assert not await album.has(FACE)
    await album.days(7)
    assert await album.store.tasks.soonest() is None, "a list without pictures is not looked at"


async def test_a_picture_of_two_contacts_stays_with_the_second(album: Album) -> None:
    ada, bea = [await album.make(name, LOGO) for name in ("Ada", "Bea")]
    await album.show(ada, b"")
    await album.days(60)
    assert await album.has(LOGO)
    await album.show(bea, b"")
    await album.days(37)
    assert not await album.has(LOGO)


async def test_a_merge_that_is_taken_back_has_both_pictures(album: Album) -> None:
    ada, twin = await album.make("Ada", FACE), await album.make("Ada", OTHER_FACE)
    duplicates = Duplicates(album.store, Sharing(album.store), album.clock)
    merged = await duplicates.merge(INES, album.book.id, Pair(ada, twin), twin.content)
    await album.days(29)
    await duplicates.undo(INES, album.book.id, ada.id, twin.id, merged.revision)
    await album.days(60)
    assert await album.has(FACE) and await album.has(OTHER_FACE)


async def test_a_picture_that_waits_for_its_contact_is_left_alone(album: Album) -> None:
    await album.make("Ada", FACE)
    await album.days(6)
    album.clock.advance(DAY / 2)
    await album.keep(OTHER_FACE)
    await album.days(1)  # in the midst of which a sweep came
    assert await album.has(OTHER_FACE)
    await album.days(7)
    assert not await album.has(OTHER_FACE), "it never came"


async def test_a_picture_that_is_kept_again_meanwhile_stays(album: Album) -> None:
    await album.keep(FACE)
    album.clock.advance(2 * DAY)
    (seen,) = await album.store.photos.all(album.book)
    assert seen == KeptPhoto(photo_id(album.book.id, FACE), seen.etag, is_new=False)
    await album.keep(FACE)
    await album.store.photos.remove(album.book, seen)
    assert await album.has(FACE)


async def test_a_picture_that_is_replaced_while_the_ledger_is_read_is_seen(
    tmp_path: Path, clock: FrozenClock
) -> None:
    records = await Meddled.open(tmp_path / "almanac.db", clock)
    assert isinstance(records, Meddled)
    store = await open_store(records, KeyRing.generate("k1"), clock)
    book, ada = a_contact_list(), a_contact(photo=PhotoId("face"))
    ada = await store.contacts.save(ada, book)

    other = replace(ada, content=replace(ada.content, photo=PhotoId("other")))
    records.meddler = lambda: store.contacts.save(other, book)
    assert PhotoId("face") in await store.contacts.photos(book)
    assert records.walks == ["contact", "history"]
    await records.close()


async def test_a_list_in_the_bin_keeps_its_pictures_and_one_that_is_gone_has_none(
    album: Album,
) -> None:
    await album.make("Ada", FACE)
    book = await album.store.books.save(replace(album.book, deleted_at=album.clock.now()))
    await album.days(29)
    assert await album.has(FACE)
    await album.store.books.erase(book)
    assert not await album.has(FACE)
    await album.days(7)
    assert await album.store.tasks.soonest() is None
