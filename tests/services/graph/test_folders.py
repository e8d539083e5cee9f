"""Calendars and contact folders as such: made once, looked into, taken away."""

from __future__ import annotations

import pytest

from services.graph.contacts import ContactFolder
from services.graph.folders import (
    CALENDARS,
    CONTACTS,
    FolderKind,
    create_folder,
    delete_folder,
    folders,
    has_folder,
    is_folder_empty,
)
from services.graph.mailbox import Mailbox
from services.model.accounts import RemoteId
from services.model.errors import Rejected, Stale, Unreadable
from tests._builders import a_contact_content, an_event_content
from tests.services.graph._server import Scripted

both = pytest.mark.parametrize("kind", [CALENDARS, CONTACTS], ids=["calendars", "contacts"])
F = RemoteId("f")


async def fill(mailbox: Mailbox, kind: FolderKind, folder: RemoteId) -> None:
    if kind is CONTACTS:
        payload = ContactFolder.payload_for(a_contact_content(), "tag")
        await ContactFolder(mailbox, folder).create(payload)
    else:
        await mailbox.create_event(folder, mailbox.payload_for(an_event_content(), "t-1", "tag"))


@both
async def test_a_folder_is_made_once_and_taken_away(mailbox: Mailbox, kind: FolderKind) -> None:
    before = await folders(mailbox, kind)
    made = await create_folder(mailbox, kind, "Suppliers", "tag")
    (new,) = set(await folders(mailbox, kind)) - set(before)
    assert (new.id, new.name) == (made, "Suppliers")
    with pytest.raises(Stale):
        await create_folder(mailbox, kind, "suppliers", "tag")
    assert await has_folder(mailbox, kind, made)
    assert await is_folder_empty(mailbox, kind, made)
    await fill(mailbox, kind, made)
    assert not await is_folder_empty(mailbox, kind, made)
    await delete_folder(mailbox, kind, made)
    await delete_folder(mailbox, kind, made)
    assert not await has_folder(mailbox, kind, made)
    assert await is_folder_empty(mailbox, kind, made)
    assert await folders(mailbox, kind) == before


@both
async def test_a_folder_of_ours_is_found_by_its_tag(mailbox: Mailbox, kind: FolderKind) -> None:
    made = [await create_folder(mailbox, kind, name, name) for name in ("Bo's", "Others")]
    assert [each.id for each in await folders(mailbox, kind, "Bo's")] == made[:1]
    assert await folders(mailbox, kind, "nobody's") == ()


async def test_what_a_folder_is_refused_for_is_said(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_refuse(403, "ErrorAccessDenied")
    for ask in (
        create_folder(scripted_mailbox, CONTACTS, "Suppliers", "tag"),
        has_folder(scripted_mailbox, CONTACTS, F),
        is_folder_empty(scripted_mailbox, CONTACTS, F),
        delete_folder(scripted_mailbox, CONTACTS, F),
    ):
        with pytest.raises(Rejected):
            await ask


async def test_a_folder_without_an_id_is_unreadable(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_answer({"displayName": "Suppliers"}, 201)
    with pytest.raises(Unreadable):
        await create_folder(scripted_mailbox, CONTACTS, "Suppliers", "tag")
