"""Who may do what in a book: looked at by members, changed by owners, never without an owner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.books.audit import Audit
from services.books.books import Books
from services.books.memberships import Memberships, Rules
from services.books.sharing import Sharing
from services.model.access import Mode, Role
from services.model.books import Book, BookKind
from services.model.deeds import Deed
from services.model.errors import InvalidInput, LastOwner, NotFound, OnlyOwners, Stale
from services.model.events import Author
from services.model.identity import ConversationKind
from services.model.tasks import Task, TaskKind
from services.people.conversations import Conversations
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    OTHER_TENANT,
    TENANT,
    a_channel,
    a_channel_home,
    a_member,
    a_person,
    a_person_home,
    an_author,
)
from tests._fakes import FrozenClock

INES, TOM, GUS = (an_author(name) for name in ("ines", "tom", "gus"))
OTTO = a_person("otto", OTHER_TENANT)
EVERYBODY = Rules(Mode.EVERYBODY, Role.READER, Role.EDITOR)
OWNERS = Rules(Mode.OWNERS, Role.READER, Role.EDITOR)
CUSTOM = Rules(Mode.CUSTOM, Role.READER, Role.READER)


@pytest.fixture
def memberships(store: Store, sharing: Sharing, clock: FrozenClock) -> Memberships:
    return Memberships(store, sharing, clock)


@pytest.fixture
async def team(calendar: Book, conversations: Conversations) -> Book:
    """The channel's calendar: Ines owns the team, Gus is a guest, Otto of another organisation."""
    roster = [
        replace(a_member("ines"), owns=True),
        a_member("tom"),
        replace(a_member("gus"), is_guest=True),
        a_member("otto", OTHER_TENANT),
    ]
    await conversations.roster_read(TENANT, a_channel().id, roster)
    return calendar


async def roles_of(memberships: Memberships, book: Book) -> dict[str, Role]:
    seen = await memberships.look(a_person(), book.id)
    return {each.member.name: each.role for each in seen.roles}


async def test_everybody_sees_who_may_do_what(memberships: Memberships, team: Book) -> None:
    seen = await memberships.look(a_person("tom"), team.id)
    assert [(each.member.name, each.role, each.is_guest) for each in seen.roles] == [
        ("Ines", Role.OWNER, False),
        ("Gus", Role.EDITOR, True),
        ("Otto", Role.EDITOR, True),
        ("Tom", Role.EDITOR, False),
    ]
    with pytest.raises(NotFound):
        await memberships.look(a_person("mallory"), team.id)


async def test_an_owner_says_who_writes(memberships: Memberships, team: Book) -> None:
    await memberships.change(INES, team.id, OWNERS)
    assert await roles_of(memberships, team) == {
        "Ines": Role.OWNER,
        "Gus": Role.READER,
        "Otto": Role.READER,
        "Tom": Role.READER,
    }
    await memberships.change(
        INES, team.id, CUSTOM, {a_person("tom"): Role.CONTRIBUTOR, OTTO: Role.EDITOR}
    )
    assert await roles_of(memberships, team) == {
        "Ines": Role.OWNER,
        "Otto": Role.EDITOR,
        "Tom": Role.CONTRIBUTOR,
        "Gus": Role.READER,
    }
    await memberships.change(INES, team.id, EVERYBODY, {a_person("tom"): None, OTTO: None})
    assert (await roles_of(memberships, team))["Tom"] is Role.EDITOR


async def test_there_are_several_owners_and_each_step_can_be_taken_back(
    memberships: Memberships, team: Book, sharing: Sharing, store: Store
) -> None:
    await memberships.change(INES, team.id, EVERYBODY, {a_person("tom"): Role.OWNER})
    book = await store.books.get(TENANT, team.id)
    assert await sharing.role_of(a_person("tom"), book) is Role.OWNER
    await memberships.change(TOM, team.id, EVERYBODY, {a_person("tom"): None})
    with pytest.raises(OnlyOwners):
        await memberships.change(TOM, team.id, EVERYBODY, {a_person("tom"): Role.OWNER})


async def test_somebody_always_owns_it(memberships: Memberships, team: Book) -> None:
    with pytest.raises(LastOwner):
        await memberships.change(INES, team.id, CUSTOM, {a_person(): Role.READER})
    assert (await roles_of(memberships, team))["Ines"] is Role.OWNER
    handed_over = {a_person(): Role.READER, a_person("tom"): Role.OWNER}
    await memberships.change(INES, team.id, CUSTOM, handed_over)
    assert await roles_of(memberships, team) == {
        "Tom": Role.OWNER,
        "Ines": Role.READER,
        "Gus": Role.READER,
        "Otto": Role.READER,
    }
    with pytest.raises(LastOwner):
        await memberships.change(TOM, team.id, CUSTOM, {a_person("tom"): None})


@pytest.mark.parametrize("who", [GUS.person, OTTO])
async def test_guests_own_nothing(memberships: Memberships, team: Book, who: object) -> None:
    with pytest.raises(InvalidInput):
        await memberships.change(INES, team.id, CUSTOM, {who: Role.OWNER})  # type: ignore[dict-item]


async def test_roles_are_for_those_who_are_there_and_never_an_owners_for_all(
    memberships: Memberships, team: Book
) -> None:
    with pytest.raises(InvalidInput):
        await memberships.change(INES, team.id, CUSTOM, {a_person("mallory"): Role.EDITOR})
    with pytest.raises(InvalidInput):
        await memberships.change(INES, team.id, replace(CUSTOM, others=Role.OWNER))


async def test_two_owners_at_once_do_not_undo_each_other(
    memberships: Memberships, team: Book, store: Store
) -> None:
    seen = await store.books.get(TENANT, team.id)
    await memberships.change(INES, team.id, OWNERS, etag=seen.etag)
    with pytest.raises(Stale):
        await memberships.change(INES, team.id, EVERYBODY, etag=seen.etag)
    same = await memberships.change(INES, team.id, OWNERS, etag=seen.etag)
    assert same.book.access.mode is Mode.OWNERS


async def test_changes_of_rights_are_in_the_log(
    memberships: Memberships, team: Book, store: Store, sharing: Sharing
) -> None:
    await memberships.change(INES, team.id, OWNERS)
    told = await Audit(store, sharing).newest(a_person(), team.id)
    assert [(one.entry.deed, one.entry.by) for one in told] == [(Deed.SHARED, INES)]


async def test_in_a_group_chat_who_shuts_it_keeps_it_until_it_is_everybodys_again(
    memberships: Memberships, books: Books, conversations: Conversations
) -> None:
    chat = a_channel("chat", kind=ConversationKind.GROUP, team_id="", team_name="")
    for name in ("ines", "tom"):
        await conversations.seen(chat, a_member(name))
    book = await books.at_home(
        TOM, a_channel_home("chat"), BookKind.CALENDAR, zone=BERLIN, language="en"
    )
    await memberships.change(TOM, book.id, OWNERS)
    assert await roles_of(memberships, book) == {"Tom": Role.OWNER, "Ines": Role.READER}
    with pytest.raises(OnlyOwners):
        await memberships.change(INES, book.id, EVERYBODY)
    await memberships.change(TOM, book.id, EVERYBODY)
    assert set((await roles_of(memberships, book)).values()) == {Role.OWNER}
    await memberships.change(INES, book.id, CUSTOM, {a_person("tom"): Role.OWNER})
    assert (await roles_of(memberships, book))["Tom"] is Role.OWNER


async def test_a_persons_own_calendar_has_no_members(
    memberships: Memberships, books: Books
) -> None:
    own = await books.at_home(INES, a_person_home(), BookKind.CALENDAR, zone=BERLIN, language="en")
    with pytest.raises(NotFound):
        await memberships.look(a_person(), own.id)
    with pytest.raises(NotFound):
        await memberships.change(INES, own.id, OWNERS)
    with pytest.raises(NotFound):
        await memberships.change(Author(None, "Outlook"), own.id, OWNERS)


async def test_when_the_last_owner_leaves_the_place_has_its_calendar_back(
    memberships: Memberships, team: Book, conversations: Conversations, store: Store
) -> None:
    handed_over = {a_person(): Role.READER, a_person("tom"): Role.OWNER}
    await memberships.change(INES, team.id, CUSTOM, handed_over)
    await conversations.members_removed(TENANT, a_channel().id, ["29:tom"])
    assert (await roles_of(memberships, team))["Ines"] is Role.OWNER
    await conversations.members_added(a_channel(), [a_member("tom")])
    assert (await roles_of(memberships, team))["Tom"] is Role.READER, "he begins anew"


async def test_roles_go_with_their_people_wherever_the_roster_says_so(
    memberships: Memberships, team: Book, conversations: Conversations, store: Store
) -> None:
    await memberships.change(INES, team.id, CUSTOM, {a_person("tom"): Role.EDITOR})
    roster = [replace(a_member("ines"), owns=True)]
    await conversations.roster_read(TENANT, a_channel().id, roster)
    assert (await store.books.get(TENANT, team.id)).access.grants == ()


async def test_a_roster_is_looked_at_again_within_a_quarter_of_an_hour(
    conversations: Conversations, team: Book, store: Store, clock: FrozenClock
) -> None:
    def follows(tasks: list[Task]) -> int:
        return sum(task.kind is TaskKind.FOLLOW_CONVERSATION for task in tasks)

    for done in await store.tasks.claim("w", 50, 60):
        await store.tasks.done(done)
    await conversations.roster_read(TENANT, a_channel().id, [a_member("ines")])
    clock.advance(13 * 60)
    assert follows(list(await store.tasks.claim("w", 50, 60))) == 0
    clock.advance(2 * 60)
    assert follows(list(await store.tasks.claim("w", 50, 60))) == 1
