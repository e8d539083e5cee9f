from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from services.graph.contact_convert import contact_to_graph
from services.graph.contacts import ContactFolder
from services.graph.folders import CONTACTS, create_folder
from services.graph.mailbox import Mailbox
from services.graph.remote_item import UnreadItem
from services.model.accounts import RemoteId
from services.model.errors import Expired, Rejected, Unreadable
from tests._builders import a_contact_content
from tests._fakes import FrozenClock
from tests.sandbox._caller import FACE
from tests.services._contacts import FULL
from tests.services.graph._server import Scripted

ADA = a_contact_content()
DONE: dict[str, Any] = {"@odata.deltaLink": "https://graph.example/done"}


@pytest.fixture
async def folder(mailbox: Mailbox) -> ContactFolder:
    return ContactFolder(
        mailbox, await create_folder(mailbox, CONTACTS, "Suppliers (Almanac)", "tag")
    )


def an_item(id: str = "c1", **more: Any) -> dict[str, Any]:
    """A contact that comes whole."""
    at = "2026-11-18T12:00:00Z"
    stamps = {"changeKey": "k1", "createdDateTime": at, "lastModifiedDateTime": at}
    return {"id": id, **stamps, **contact_to_graph(ADA), **more}


async def told(folder: ContactFolder, link: str = "") -> tuple[list[str], list[RemoteId], str]:
    """Return the names and removed ids of a round, and where the next one goes on."""
    pages = [page async for page in folder.changes(link)]
    names = [contact.content.name for page in pages for contact in page.changed]
    gone = [id for page in pages for id in page.removed]
    return names, gone, pages[-1].delta_link or ""


async def test_every_field_survives_outlook(folder: ContactFolder) -> None:
    made = await folder.create(folder.payload_for(FULL, "tag"))
    found = await folder.get(made.id)
    assert found.content == made.content == FULL
    assert found.tag == "tag"
    bare = await folder.update(found, replace(ADA, phones=()))
    assert bare.content == replace(ADA, phones=())
    assert (await folder.update(bare, bare.content)).change_key == bare.change_key


async def test_what_has_changed_meanwhile_is_refused(folder: ContactFolder) -> None:
    made = await folder.create(folder.payload_for(ADA, "tag"))
    await folder.update(made, FULL)
    for write in (folder.update(made, replace(ADA, job="x")), folder.delete(made)):
        with pytest.raises(Rejected) as refused:
            await write
        assert refused.value.status == 412


async def test_what_is_gone_is_as_good_as_deleted(folder: ContactFolder) -> None:
    made = await folder.create(folder.payload_for(ADA, "tag"))
    await folder.delete(made)
    await folder.delete(made)
    with pytest.raises(Rejected):
        await folder.get(made.id)


async def test_a_tag_finds_the_first_made_first(office: Sandbox, folder: ContactFolder) -> None:
    made = await folder.create(folder.payload_for(ADA, "it's a tag"))
    cards, clock = office.mailbox(PEOPLE[0]).contacts, office.office.clock
    assert isinstance(clock, FrozenClock)
    clock.advance(1)
    cards.copy(cards.get(made.id))
    found = await folder.tagged("it's a tag")
    assert (len(found), found[0].id) == (2, made.id)


async def test_a_round_tells_of_its_own_folder_alone(
    office: Sandbox, folder: ContactFolder
) -> None:
    one = await folder.create(folder.payload_for(ADA, "one"))
    office.mailbox(PEOPLE[0]).contacts.add({"displayName": "Elsewhere"})
    names, gone, link = await told(folder)
    assert (names, gone) == (["Ada Byron"], [])
    await folder.delete(one)
    await folder.create(folder.payload_for(replace(ADA, name="Ben"), "two"))
    names, gone, link = await told(folder, link)
    assert (names, gone) == (["Ben"], [one.id])
    office.office.delta(PEOPLE[0]).expire()
    with pytest.raises(Expired):
        await told(folder, link)


async def test_a_round_has_as_many_pages_as_it_needs(folder: ContactFolder) -> None:
    for number in range(55):
        await folder.create(folder.payload_for(replace(ADA, name=f"{number}"), f"{number}"))
    pages = [page async for page in folder.changes()]
    assert len(pages) == 2
    assert sum(len(page.changed) for page in pages) == 55


async def test_an_item_told_twice_counts_as_told_last(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    items = [an_item(displayName="Old"), an_item(displayName="New"), an_item("c2")]
    items += [{"id": "c2", "@removed": {}}, {"id": "c3", "@removed": {}}, an_item("c3")]
    graph.will_answer({"value": items, **DONE})
    (page,) = [p async for p in ContactFolder(scripted_mailbox, RemoteId("f")).changes()]
    assert [contact.content.name for contact in page.changed] == ["New", "Ada Byron"]
    assert page.removed == ("c2",)


async def test_an_item_that_comes_in_part_is_asked_for(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_answer({"value": [{"id": "c1", "jobTitle": "x"}, {"id": "c2"}], **DONE})
    graph.will_answer(an_item(jobTitle="Countess"))
    graph.will_refuse(404, "ErrorItemNotFound")
    (page,) = [p async for p in ContactFolder(scripted_mailbox, RemoteId("f")).changes()]
    assert [contact.content.job for contact in page.changed] == ["Countess"]
    assert page.removed == ("c2",)


async def test_any_other_refusal_ends_the_round(graph: Scripted, scripted_mailbox: Mailbox) -> None:
    graph.will_answer({"value": [{"id": "c1"}], **DONE})
    graph.will_refuse(403, "ErrorAccessDenied")
    with pytest.raises(Rejected):
        _ = [page async for page in ContactFolder(scripted_mailbox, RemoteId("f")).changes()]


async def test_an_item_that_cannot_be_read_is_named_and_the_rest_goes_on(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_answer({"value": [an_item(jobTitle=5, displayName="Ada"), an_item("c2")], **DONE})
    (page,) = [p async for p in ContactFolder(scripted_mailbox, RemoteId("f")).changes()]
    assert page.unread == (UnreadItem(RemoteId("c1"), "jobTitle", "Ada"),)
    assert [contact.id for contact in page.changed] == ["c2"]


@pytest.mark.parametrize("body", [{"value": []}, {"value": [{"id": 5}], **DONE}])
async def test_a_page_that_leads_nowhere_is_unreadable(
    graph: Scripted, scripted_mailbox: Mailbox, body: dict[str, Any]
) -> None:
    graph.will_answer(body)
    with pytest.raises(Unreadable):
        _ = [page async for page in ContactFolder(scripted_mailbox, RemoteId("f")).changes()]


async def test_a_deletion_that_is_refused_is_said(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    folder = ContactFolder(scripted_mailbox, RemoteId("f"))
    graph.will_answer(an_item())
    seen = await folder.get(RemoteId("c1"))
    graph.replies.clear()
    graph.will_refuse(403, "ErrorAccessDenied")
    with pytest.raises(Rejected):
        await folder.delete(seen)


async def test_a_picture_is_set_and_read(folder: ContactFolder) -> None:
    made = await folder.create(folder.payload_for(ADA, "tag"))
    assert await folder.picture(made.id) is None
    await folder.set_picture(made.id, FACE)
    picture = await folder.picture(made.id)
    assert picture is not None and picture.startswith(b"\xff\xd8\xff")
    assert (await folder.get(made.id)).change_key != made.change_key


async def test_a_contact_that_is_gone_has_no_picture(folder: ContactFolder) -> None:
    made = await folder.create(folder.payload_for(ADA, "tag"))
    await folder.delete(made)
    assert await folder.picture(made.id) is None
    with pytest.raises(Rejected) as refused:
        await folder.set_picture(made.id, FACE)
    assert refused.value.status == 404


async def test_a_picture_that_may_not_be_read_is_no_missing_one(
    folder: ContactFolder, office: Sandbox
) -> None:
    made = await folder.create(folder.payload_for(ADA, "tag"))
    office.order("GET */photo/$value -> 403 code=ErrorAccessDenied")
    with pytest.raises(Rejected):
        await folder.picture(made.id)
