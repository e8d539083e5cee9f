from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from services.contacts.contacts import Contacts
from services.model.books import Book
from services.model.contacts import ContactContent, ContactId, Phone, PhoneKind
from services.model.errors import InvalidInput, NotFound, Stale, Wrong
from services.model.events import Author
from services.model.posts import Post
from services.model.tasks import TaskKind
from services.storage.store import Store
from tests._builders import a_channel, a_contact_content, a_link, a_person, an_author
from tests._fakes import FrozenClock
from tests.services._contacts import FULL

INES, TOM = an_author("ines"), an_author("tom")
ADA = a_contact_content()


async def test_every_member_reads_and_changes_what_another_made(
    contacts: Contacts, contact_list: Book
) -> None:
    made = await contacts.create(INES, contact_list.id, ADA)
    assert await contacts.get(a_person("tom"), contact_list.id, made.id) == made
    married = replace(ADA, name="Ada Lovelace")
    changed = await contacts.edit(TOM, contact_list.id, made.id, married, etag=made.etag)
    assert (changed.content, changed.updated_by) == (married, TOM)
    assert await contacts.edit(TOM, contact_list.id, made.id, married, etag=made.etag) == changed
    with pytest.raises(Stale):
        await contacts.edit(INES, contact_list.id, made.id, ADA, etag=made.etag)


async def test_a_draft_becomes_one_contact(contacts: Contacts, contact_list: Book) -> None:
    people = (INES, TOM, INES)
    made = await asyncio.gather(*(contacts.make(who, contact_list.id, ADA, "d") for who in people))
    assert len({each.item.id for each in made}) == 1
    assert [each.is_new for each in made].count(True) == 1


async def test_what_a_mailbox_says_is_written_as_it_is(
    contacts: Contacts, contact_list: Book
) -> None:
    untidy = replace(ADA, emails=("ada",))
    new = await contacts.write_from_sync(
        a_person(), contact_list.id, None, untidy, expect_revision=0
    )
    by_outlook = Author(None, "Outlook", mailbox=a_person())
    assert (new.content, new.updated_by) == (untidy, by_outlook)
    changed = await contacts.write_from_sync(
        a_person(), contact_list.id, new.id, ADA, expect_revision=new.revision
    )
    with pytest.raises(Stale):
        await contacts.delete_from_sync(
            a_person(), contact_list.id, new.id, expect_revision=new.revision
        )
    gone = await contacts.delete_from_sync(
        a_person(), contact_list.id, new.id, expect_revision=changed.revision
    )
    assert gone.deleted_at is not None


async def test_what_outlook_has_no_place_for_outlives_what_it_writes(
    contacts: Contacts, contact_list: Book
) -> None:
    ours = replace(ADA, groups=("Sea",), links=("https://social.example/ada",))
    made = await contacts.create(INES, contact_list.id, ours)
    gone = await contacts.delete(INES, contact_list.id, made.id)
    back = await contacts.write_from_sync(
        a_person(), contact_list.id, made.id, ADA, expect_revision=gone.revision
    )
    assert back.content == ours


async def test_a_history_begins_with_how_it_is_now(contacts: Contacts, contact_list: Book) -> None:
    made = await contacts.create(INES, contact_list.id, ADA)
    changed = await contacts.edit(TOM, contact_list.id, made.id, replace(ADA, job="Poet"))
    versions = await contacts.history(a_person(), contact_list.id, made.id)
    assert [each.content.job for each in versions] == ["Poet", ADA.job]
    assert versions[0] == changed


async def test_a_write_is_followed_by_its_links_and_posts(
    contacts: Contacts, contact_list: Book, store: Store, clock: FrozenClock
) -> None:
    await store.links.add(a_link(book=contact_list.id))
    made = await contacts.create(INES, contact_list.id, ADA)
    post = Post(
        conversation=a_channel().id,
        activity_id="1",
        book=contact_list.id,
        item=made.id,
        posted_at=clock.now(),
    )
    await store.posts.add(post, contact_list)
    await contacts.delete(INES, contact_list.id, made.id)
    clock.advance(2)
    due = await store.tasks.claim("test", 50, 60)
    assert {task.kind for task in due} == {TaskKind.SYNC_LINK, TaskKind.UPDATE_POSTS}


async def test_deleting_twice_is_deleting_once(contacts: Contacts, contact_list: Book) -> None:
    made = await contacts.create(INES, contact_list.id, ADA)
    gone = await contacts.delete(TOM, contact_list.id, made.id)
    assert gone.deleted_at is not None
    assert await contacts.delete(INES, contact_list.id, made.id) == gone
    with pytest.raises(NotFound):
        await contacts.get(a_person(), contact_list.id, made.id)
    with pytest.raises(NotFound):
        await contacts.delete(INES, contact_list.id, ContactId("never"))
    with pytest.raises(NotFound):
        await contacts.create(Author(None, "Outlook"), contact_list.id, ADA)


@pytest.mark.parametrize(
    ("content", "field", "wrong"),
    [
        (replace(ADA, name=" "), "name", Wrong.MISSING),
        (replace(ADA, name="x" * 201), "name", Wrong.TOO_LONG),
        (replace(ADA, company="x" * 201), "company", Wrong.TOO_LONG),
        (replace(ADA, notes="x" * 10_001), "notes", Wrong.TOO_LONG),
        (replace(ADA, emails=("ada",)), "email", Wrong.NOT_AN_EMAIL),
        (
            replace(ADA, emails=("a@b.example", "two words@b.example")),
            "email_2",
            Wrong.NOT_AN_EMAIL,
        ),
        (replace(ADA, emails=("a" * 250 + "@b.example",)), "email", Wrong.TOO_LONG),
        (
            replace(ADA, emails=tuple(f"a{i}@b.example" for i in range(11))),
            "email_2",
            Wrong.TOO_MANY,
        ),
        (replace(ADA, phones=(Phone(PhoneKind.HOME, "call me"),)), "phone_home", Wrong.NOT_A_PHONE),
        (replace(ADA, phones=(Phone(PhoneKind.HOME, "12"),)), "phone_home", Wrong.NOT_A_PHONE),
        (replace(ADA, phones=(Phone(PhoneKind.MOBILE, "1" * 51),)), "phone_mobile", Wrong.TOO_LONG),
    ],
)
async def test_impossible_content_is_refused_by_field(
    contacts: Contacts, contact_list: Book, content: ContactContent, field: str, wrong: Wrong
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await contacts.create(INES, contact_list.id, content)
    assert [(problem.field, problem.wrong) for problem in caught.value.problems] == [(field, wrong)]


async def test_blanks_and_repetitions_are_tidied(contacts: Contacts, contact_list: Book) -> None:
    untidy = replace(
        ADA,
        name="  Ada \u202e Byron ",
        emails=("a@b.example", " a@b.example ", ""),
        phones=(Phone(PhoneKind.HOME, " +45 70123456 "), Phone(PhoneKind.HOME, "")),
    )
    made = await contacts.create(INES, contact_list.id, untidy)
    assert made.content.name == "Ada Byron"
    assert made.content.emails == ("a@b.example",)
    assert made.content.phones == (Phone(PhoneKind.HOME, "+45 70 12 34 56"),)


async def test_what_came_from_outlook_is_nobodys_fault(
    contacts: Contacts, contact_list: Book
) -> None:
    odd = replace(FULL, emails=("not an address",), notes="x" * 20_000)
    assert INES.person is not None
    contact = await contacts.write_from_sync(
        INES.person, contact_list.id, None, odd, expect_revision=0
    )
    edited = await contacts.edit(INES, contact_list.id, contact.id, replace(odd, job="Countess"))
    assert edited.content == replace(odd, job="Countess")
    with pytest.raises(InvalidInput):
        await contacts.edit(
            INES, contact_list.id, contact.id, replace(odd, emails=("nor is this",))
        )
