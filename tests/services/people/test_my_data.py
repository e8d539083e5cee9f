"""A person has their data, or has it erased, wherever it is."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.books.book_bin import BookBin
from services.books.books import Books
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.contacts.uses import ContactUses
from services.formats.vcard_read import read_vcards
from services.model.access import Access, Grant, Mode, Role
from services.model.books import Book, BookKind
from services.model.contacts import PhotoId
from services.model.conversations import Member
from services.model.errors import NotFound
from services.model.events import Author, Event
from services.model.identity import NOBODY, ConversationHome, PersonHome
from services.model.notices import DataNotice
from services.people import my_data, person_data
from services.people.conversations import Conversations
from tests._builders import (
    BERLIN,
    OTHER_TENANT,
    a_channel,
    a_contact_content,
    a_person,
    a_personal_chat,
    an_event_content,
)
from tests.services._office import MARA, MARA_ID, Office, an_office

ME = Author(MARA_ID, "Mara")
TOM = Author(a_person("tom", MARA_ID.tenant), "Tom")
PRIYA = a_person("priya", MARA_ID.tenant)


class Life:
    """Mara has books of her own, writes in a channel with Tom, and is a guest elsewhere."""

    own: Book
    own_contacts: Book
    shared: Book
    foreign: Book
    mine: Event
    toms: Event


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(tmp_path) as made:
        yield made


@pytest.fixture
async def life(office: Office) -> Life:
    made, store, clock = Life(), office.store, office.clock
    sharing = Sharing(store)
    books, contacts = Books(store, sharing, clock), Contacts(store, sharing, clock)
    places = Conversations(store, clock)
    chat = replace(a_personal_chat(tenant=MARA_ID.tenant), person=MARA_ID)
    await places.seen(chat, Member(MARA_ID, "Mara", "29:mara"))
    for tenant in (MARA_ID.tenant, OTHER_TENANT):
        channel = a_channel(tenant=tenant)
        for author in (ME, TOM):
            assert author.person
            member = Member(author.person, author.name, f"29:{author.name}")
            await places.seen(channel, member)
            if tenant == MARA_ID.tenant:
                office.roster.of += (member,)

    async def book(author: Author, home: Any, kind: BookKind) -> Book:
        return await books.at_home(author, home, kind, zone=BERLIN, language="en")

    made.own = await book(ME, PersonHome(MARA_ID), BookKind.CALENDAR)
    made.own_contacts = await book(ME, PersonHome(MARA_ID), BookKind.CONTACTS)
    here = ConversationHome(MARA_ID.tenant, a_channel().id)
    made.shared = await book(ME, here, BookKind.CALENDAR)
    made.foreign = await book(ME, ConversationHome(OTHER_TENANT, a_channel().id), BookKind.CALENDAR)
    await office.events.create(ME, made.own.id, an_event_content(title="My lunch"))
    gone = await office.events.create(ME, made.own.id, an_event_content(title="My past"))
    await office.events.delete(ME, made.own.id, gone.id)
    await contacts.create(ME, made.own_contacts.id, a_contact_content())
    made.mine = await office.events.create(ME, made.shared.id, an_event_content(title="My part"))
    made.toms = await office.events.create(
        TOM, made.shared.id, an_event_content(title="Tom's secret")
    )
    await office.events.create(ME, made.foreign.id, an_event_content(title="As a guest"))
    grants = Grant(MARA_ID, Role.OWNER), Grant(PRIYA, Role.EDITOR)
    access = Access(mode=Mode.CUSTOM, others=Role.EDITOR, grants=grants)
    await store.books.save(replace(made.shared, access=access))
    return made


def read(data: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return json.loads(files.pop("almanac.json")), files


async def test_all_of_ones_own_and_ones_part_of_the_rest_is_there(
    office: Office, life: Life
) -> None:
    await office.sign_in()
    ada = (await office.store.contacts.all(life.own_contacts))[0]
    await ContactUses(office.store, office.clock).note(MARA_ID, ada.book, ada.id)
    told, files = read(await office.my_data.export(MARA_ID))
    assert [used["contact"] for used in told["used"]] == [ada.id]
    titles = {
        thing["content"].get("title") or thing["content"]["name"]
        for book in told["books"]
        for thing in book["content"]
    }
    assert titles == {"My lunch", "My past", "Ada Byron", "My part", "As a guest"}
    assert told["account"]["username"] == MARA.user_principal_name
    assert not told["account"].get("tokens")
    assert len(told["links"]) == 1
    assert {place["you"]["name"] for place in told["places"]} == {"Mara"}
    assert sum(len(book["done"]) for book in told["books"]) >= 6
    calendars = "".join(text for name, text in files.items() if name.endswith(".ics"))
    assert "SUMMARY:My lunch" in calendars and "SUMMARY:My part" in calendars
    assert "My past" not in calendars
    assert any(name.startswith("contacts/") and "FN:Ada Byron" in files[name] for name in files)
    assert any("General" in name for name in files)
    whole = json.dumps(told) + "".join(files.values())
    assert PRIYA.object_id not in whole, "her role is hers alone"
    assert "secret" not in whole


async def test_pictures_of_contacts_come_along_with_their_vcards(
    office: Office, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = (await office.store.contacts.all(life.own_contacts))[0]
    png, id = b"\x89PNG of Ada", PhotoId("p1")
    await office.store.photos.put(life.own_contacts, id, png)
    seen = replace(ada, content=replace(ada.content, photo=id))
    await office.store.contacts.save(seen, life.own_contacts)
    told, files = read(await office.my_data.export(MARA_ID))
    (cards,) = [text for name, text in files.items() if name.endswith(".vcf")]
    (card,) = read_vcards(cards.encode()).items
    assert (card.content.name, card.photo) == ("Ada Byron", png)
    assert {book["pictures_left_out"] for book in told["books"]} == {0}
    monkeypatch.setattr(person_data, "MOST_PICTURES", len(png) - 1)
    told, files = read(await office.my_data.export(MARA_ID))
    assert not any("PHOTO" in text for text in files.values())
    assert sum(book["pictures_left_out"] for book in told["books"]) == 1


async def test_whoever_left_no_trace_has_a_small_file(office: Office) -> None:
    told, files = read(await office.my_data.export(a_person("nobody")))
    assert (told["account"], told["books"], files) == (None, [], {})


async def test_the_file_is_announced_and_fetched_once(office: Office, life: Life) -> None:
    await office.my_data.ask_export(MARA_ID)
    await office.my_data.ask_export(MARA_ID)
    await office.work()
    (notice,) = [each for each in office.announcer.notices if isinstance(each, DataNotice)]
    assert (notice.person, notice.what) == (MARA_ID, "export_ready")
    token = notice.url.removeprefix("http://127.0.0.1:3978/export/")
    assert await office.my_data.is_there(token)
    data = await office.my_data.fetch(token)
    assert data is not None and read(data)[0]["books"]
    assert await office.my_data.fetch(token) is None


async def test_other_files_that_wait_are_not_handed_out_as_somebodys_data(office: Office) -> None:
    expires_at = office.clock.now() + timedelta(hours=1)
    token = await office.store.exports.put(MARA_ID, b"a file", expires_at, name="a.ics", media="en")
    assert not await office.my_data.is_there(token)
    assert await office.my_data.fetch(token) is None
    assert await office.store.exports.read(token) is not None, "and it waits on"


async def test_a_chat_that_cannot_be_reached_costs_no_second_file(
    office: Office, life: Life
) -> None:
    office.announcer.failures = 3
    await office.my_data.ask_export(MARA_ID)
    for _ in range(4):
        await office.work(601)
    (notice,) = [each for each in office.announcer.notices if isinstance(each, DataNotice)]
    tried = [each.url for each in office.announcer.tried if isinstance(each, DataNotice)]
    assert tried == [notice.url] * 4


async def test_a_file_that_waited_too_long_for_a_chat_is_made_again(
    office: Office, life: Life
) -> None:
    office.announcer.failures = 1
    await office.my_data.ask_export(MARA_ID)
    await office.work()
    office.clock.advance(25 * 3600)
    await office.work()
    (notice,) = [each for each in office.announcer.notices if isinstance(each, DataNotice)]
    assert await office.my_data.is_there(notice.url.rpartition("/")[2])


async def test_too_much_for_a_file_is_said(
    office: Office, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(my_data, "MOST_BYTES", 100)
    await office.my_data.ask_export(MARA_ID)
    await office.work()
    (notice,) = [each for each in office.announcer.notices if isinstance(each, DataNotice)]
    assert notice.what == "export_failed"


async def test_an_erased_person_is_nowhere(office: Office, life: Life) -> None:
    await office.sign_in()
    await office.work()
    store = office.store
    ada = (await store.contacts.all(life.own_contacts))[0]
    await ContactUses(store, office.clock).note(MARA_ID, ada.book, ada.id)
    await store.photos.put(life.own_contacts, PhotoId("p1"), b"\x89PNG of Ada")
    await office.my_data.ask_erasure(MARA_ID)
    await office.work()
    await office.work(60)

    notice = office.announcer.notices[-1]
    assert isinstance(notice, DataNotice) and notice.what == "erased"
    assert notice.counts["books"] == 2 and notice.counts["contacts"] == 1
    assert notice.counts["events"] >= 2 and notice.counts["memberships"] == 3
    assert await store.accounts.get(MARA_ID) is None
    assert await store.links.of_person(MARA_ID) == ()
    for book in (life.own, life.own_contacts):
        with pytest.raises(NotFound):
            await store.books.get(book.tenant, book.id)
    assert await store.photos.find(MARA_ID.tenant, life.own_contacts.id, PhotoId("p1")) is None
    mine = await store.events.get(life.shared, life.mine.id)
    assert (mine.content.title, mine.created_by) == ("My part", Author(NOBODY, ""))
    assert await store.events.get(life.shared, life.toms.id) == life.toms
    ((guest,), _) = await store.events.changes(life.foreign, 0)
    assert guest.created_by.person == NOBODY
    assert await store.conversations.of_person(MARA_ID) is None
    assert await store.conversations.roster(MARA_ID.tenant, a_channel().id) != ()
    assert await store.shelves.of_person(MARA_ID) == ()

    told, files = read(await office.my_data.export(MARA_ID))
    assert (told["books"], told["places"], told["used"], files) == ([], [], [], {})
    for name in [name async for name in store.vault.names(MARA_ID.tenant)]:
        partition = await store.vault.named(MARA_ID.tenant, name)
        for opened in (await partition.changes(0))[0]:
            assert MARA_ID.object_id not in opened.body.decode() + opened.id, opened.kind
    assert office.failures == []


async def test_events_in_outlook_stay(office: Office, life: Life) -> None:
    await office.sign_in()
    await office.work()
    before = office.subjects()
    assert "My lunch" in before
    await office.my_data.erase(MARA_ID)
    await office.work(60)
    assert office.subjects() == before


async def test_an_erasure_that_was_cut_off_is_completed_by_another(
    office: Office, life: Life
) -> None:
    office.announcer.failures = 1  # Teams does not answer: the task comes again
    await office.my_data.ask_erasure(MARA_ID)
    await office.work()
    assert not office.announcer.notices
    await office.work(60)
    (notice,) = [each for each in office.announcer.notices if isinstance(each, DataNotice)]
    assert (notice.what, notice.counts["books"]) == ("erased", 2), "of the first look"
    assert await office.store.conversations.of_person(MARA_ID) is None


async def test_whoever_goes_on_begins_with_nothing(office: Office, life: Life) -> None:
    await office.my_data.erase(MARA_ID)
    books = Books(office.store, Sharing(office.store), office.clock)
    home = PersonHome(MARA_ID)
    own = await books.at_home(ME, home, BookKind.CALENDAR, zone=BERLIN, language="en")
    assert own.id == life.own.id
    assert (await office.store.events.changes(own, 0))[0] == []
    assert await office.store.audit.newest(own, 20) == []


async def test_books_in_the_recycle_bin_are_in_the_export_and_are_erased_like_others(
    office: Office, life: Life
) -> None:
    store = office.store
    bin = BookBin(store, Sharing(store), office.clock)
    await bin.delete(ME, life.own.id)
    roster = await store.conversations.roster(MARA_ID.tenant, a_channel().id)
    owners = [replace(member, owns=True) for member in roster]
    await store.conversations.put_members(MARA_ID.tenant, a_channel().id, owners)
    await bin.delete(TOM, life.shared.id)

    told, _ = read(await office.my_data.export(MARA_ID))
    titles = {thing["content"].get("title") for book in told["books"] for thing in book["content"]}
    assert {"My lunch", "My part"} <= titles
    counts = await office.my_data.erase(MARA_ID)
    assert counts["books"] == 2
    assert await store.books.find(life.own.tenant, life.own.id) is None
    back = await bin.restore(TOM, life.shared.id)
    assert (await store.events.get(back, life.mine.id)).created_by.person == NOBODY
