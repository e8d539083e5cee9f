"""Whose the books of a conversation are: the whole table."""

from __future__ import annotations

import pytest

from services.books.audit import Audit
from services.books.books import Books
from services.books.sharing import Sharing
from services.model.books import BookKind, Role
from services.model.conversations import Conversation, Member
from services.model.errors import NotAllowed, NotFound
from services.model.identity import ConversationHome, ConversationKind, PersonHome
from services.people.conversations import Conversations
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    OTHER_TENANT,
    TENANT,
    a_channel,
    a_member,
    a_person,
    an_author,
)

GROUP = a_channel("chat", kind=ConversationKind.GROUP, team_id="", team_name="")
CHANNEL = a_channel()
OWNER = Member(a_person("ines"), "Ines", "29:ines", owns=True)
MEMBER, GUEST = a_member("tom"), a_member("gus", OTHER_TENANT)

WHOSE = {
    "a channel with an owner": (CHANNEL, [OWNER, MEMBER, GUEST], {"ines"}),
    "a channel whose roster names no owner": (CHANNEL, [MEMBER, GUEST], {"tom"}),
    "a group chat": (GROUP, [MEMBER, GUEST], {"tom", "gus"}),
    "a group chat whose roster names somebody": (GROUP, [OWNER, MEMBER], {"ines", "tom"}),
    "a channel whose roster was not read": (CHANNEL, None, set()),
    "a group chat whose roster was not read": (GROUP, None, {"ines", "tom", "gus"}),
}
PEOPLE = {"ines": an_author("ines"), "tom": an_author("tom"), "gus": an_author("gus", OTHER_TENANT)}


@pytest.mark.parametrize(("place", "roster", "owners"), list(WHOSE.values()), ids=list(WHOSE))
async def test_the_log_of_a_book_is_read_by(
    place: Conversation,
    roster: list[Member] | None,
    owners: set[str],
    store: Store,
    sharing: Sharing,
    books: Books,
    conversations: Conversations,
) -> None:
    present = roster or [a_member("ines"), MEMBER, GUEST]
    for member in present:
        await conversations.seen(place, member)
    if roster is not None:
        await conversations.roster_read(TENANT, place.id, roster)
    first = next(who for who in PEOPLE.values() if who.person in {m.person for m in present})
    home = ConversationHome(TENANT, place.id)
    book = await books.at_home(first, home, BookKind.CALENDAR, zone=BERLIN, language="en")
    audit, may = Audit(store, sharing), set()
    for name, author in PEOPLE.items():
        assert author.person is not None
        await store.shelves.put(author.person, book.id, TENANT)
        try:
            await audit.newest(author.person, book.id)
        except (NotAllowed, NotFound):
            continue
        may.add(name)
    assert may == owners


async def test_who_comes_or_speaks_again_keeps_their_say(
    conversations: Conversations, store: Store
) -> None:
    await conversations.seen(CHANNEL, MEMBER)
    await conversations.roster_read(TENANT, CHANNEL.id, [OWNER, MEMBER])
    for again in (OWNER, MEMBER):
        plain = Member(again.person, again.name, again.teams_id)
        await conversations.seen(CHANNEL, plain)
        await conversations.members_added(CHANNEL, [plain])
    roster = await store.conversations.roster(TENANT, CHANNEL.id)
    assert [member for member in roster if member.owns] == [OWNER]


async def test_a_roster_of_a_place_that_nobody_knows_is_kept_as_it_was_read(
    conversations: Conversations, store: Store
) -> None:
    await conversations.roster_read(TENANT, CHANNEL.id, [MEMBER])
    assert await store.conversations.roster(TENANT, CHANNEL.id) == (MEMBER,)


async def test_ones_own_book_is_ones_own(books: Books, sharing: Sharing) -> None:
    home = PersonHome(a_person("ines"))
    own = await books.at_home(
        an_author("ines"), home, BookKind.CALENDAR, zone=BERLIN, language="en"
    )
    assert await sharing.role_of(a_person("ines"), own) is Role.OWNER
    assert await sharing.role_of(a_person("tom"), own) is None
