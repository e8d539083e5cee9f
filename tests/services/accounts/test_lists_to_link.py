"""A contact list that is to be linked once its owner has approved contacts at Microsoft."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from services.books.books import Books
from services.books.sharing import Sharing
from services.model.books import Book, BookKind
from services.model.conversations import Conversation, Member
from services.model.events import Author
from services.model.identity import ConversationHome, ConversationId, ConversationKind, TenantId
from tests.services._office import MARA_ID, Office, an_office, state_in

HOSTS = TenantId("1f0b7c55-3d0e-4f43-8a1d-6f2f4d0f7c11")
FAIR = ConversationId("19:fair@thread.tacv2")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(tmp_path) as made:
        yield made


async def list_of(office: Office, tenant: TenantId) -> Book:
    """A contact list that Mara shares with others, in her organisation or as a guest."""
    place = Conversation(
        tenant=tenant, id=FAIR, kind=ConversationKind.CHANNEL, service_url="https://smba.example/"
    )
    await office.store.conversations.save(place)
    await office.store.conversations.put_members(tenant, FAIR, [Member(MARA_ID, "Mara", "29:m")])
    books = Books(office.store, Sharing(office.store), office.clock)
    return await books.at_home(
        Author(MARA_ID, "Mara"),
        ConversationHome(tenant, FAIR),
        BookKind.CONTACTS,
        zone=ZoneInfo("Europe/Berlin"),
        language="en",
    )


async def asked_for(office: Office, book: Book) -> dict[str, str]:
    """What the browser brings back to the sign-in that is to link the list."""
    url = await office.accounts.start_contacts(MARA_ID, "en", book.id, "Fair (Almanac)")
    return await office.answer(state=state_in(url))


@pytest.mark.parametrize("tenant", [MARA_ID.tenant, HOSTS], ids=["own", "hosts"])
async def test_a_list_is_linked_with_the_approval(office: Office, tenant: TenantId) -> None:
    book = await list_of(office, tenant)
    finished = await office.accounts.finish(await asked_for(office, book))
    assert finished.problem == ""
    links = {link.book: link for link in (await office.accounts.status(MARA_ID)).links}
    assert links[book.id].book_tenant == tenant
    assert links[book.id].calendar_name == "Fair (Almanac)"


@pytest.mark.parametrize("tenant", [MARA_ID.tenant, HOSTS], ids=["own", "hosts"])
async def test_a_list_that_was_lost_meanwhile_is_not_linked(
    office: Office, tenant: TenantId
) -> None:
    book = await list_of(office, tenant)
    answer = await asked_for(office, book)
    await office.store.conversations.remove_member(tenant, FAIR, MARA_ID)
    assert (await office.accounts.finish(answer)).problem == ""
    assert book.id not in {link.book for link in (await office.accounts.status(MARA_ID)).links}
