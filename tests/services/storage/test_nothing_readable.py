"""Plants a word in every field of everything that is stored, and looks for it in the files.

:func:`test_every_text_field_is_planted` refuses a class that has gained a text without the word.
"""

from __future__ import annotations

import asyncio
import base64
import dataclasses
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from services.model.accounts import Account, Link, LinkId, RemoteId, Subscription
from services.model.administration import AdminDeed, AdminEntry
from services.model.answers import Answer, Given
from services.model.audit import AuditEntry
from services.model.books import Book, BookId
from services.model.contact_lists import FieldId
from services.model.contacts import ContactContent, ContactId, CustomValue, Phone, PhoneKind
from services.model.conversations import Conversation, Member
from services.model.deeds import Deed
from services.model.errors import ReadOnlyReason
from services.model.events import (
    Author,
    EventContent,
    EventId,
    Mirror,
    Participant,
    SeriesException,
    WebLink,
)
from services.model.identity import (
    ConversationHome,
    ConversationId,
    ObjectId,
    Person,
    PersonHome,
    TenantId,
)
from services.model.pairs import Cursor, Intent, Observation, Pair
from services.model.ports import Put
from services.model.posts import Post
from services.model.recurrence import Pattern, Rule
from services.model.tasks import Task, TaskKind
from services.model.times import AllDay, Timed
from services.storage.keys import KeyRing
from services.storage.repositories.links import LinkChanges
from services.storage.store import Store
from tests._builders import (
    REGINA,
    a_book,
    a_channel,
    a_contact,
    a_link,
    an_account,
    an_event,
)
from tests._fakes import NOON

WORD = "Zaunkoenig"
"""In every text that is planted, in every id but the random ones, and in no source file else."""
YEAR = 2187
"""The year of every planted time."""
AT = datetime(YEAR, 6, 5, 14, 35, tzinfo=REGINA)
UTC_AT = datetime(YEAR, 6, 5, 20, 35, tzinfo=UTC)

PERSON = Person(TenantId(f"tenant-{WORD}"), ObjectId(f"object-{WORD}"))
AUTHOR = Author(PERSON, f"author {WORD}")
CONVERSATION = ConversationId(f"19:{WORD}@thread.tacv2")
LINK = LinkId(f"link-{WORD}")
REMOTE = RemoteId(f"remote-{WORD}")


def a_content(**given: Any) -> EventContent:
    return EventContent(
        title=f"title {WORD}",
        when=Timed(AT, AT + timedelta(hours=1)),
        place=f"place {WORD}",
        text=f"text {WORD}",
        reminder_minutes=5,
        emoji=f"emoji {WORD}",
        meeting_url=f"https://{WORD}.example",
        links=(WebLink(f"https://{WORD}.example/x", f"link {WORD}"),),
        people=(Participant(f"participant {WORD}", PERSON),),
        **given,
    )


SERIES = a_content(
    rule=Rule(pattern=Pattern.DAILY, until=date(YEAR, 7, 1)),
    exceptions=(SeriesException(AT, a_content()),),
)
ALL_DAY = replace(a_content(), when=AllDay(date(YEAR, 6, 5), date(YEAR, 6, 7)))
MIRROR = Mirror(ReadOnlyReason.HAS_ATTENDEES, f"organiser {WORD}", 4, f"https://{WORD}")
TEXTS: dict[str, Any] = {
    field.name: f"{field.name} {WORD}"
    for field in dataclasses.fields(ContactContent)
    if field.type in ("str", "PhotoId")
}
CONTACT = ContactContent(
    **TEXTS,
    emails=(f"{WORD}@mail.example",),
    phones=(Phone(PhoneKind.HOME, f"+45 {WORD}"),),
    children=(f"child {WORD}",),
    chats=(f"chat {WORD}",),
    tags=(f"tag {WORD}",),
    groups=(f"group {WORD}",),
    links=(f"https://{WORD}.example",),
    owner=AUTHOR,
    custom=(CustomValue(FieldId(f"field-{WORD}"), f"value {WORD}"),),
    birthday=date(YEAR, 6, 5),
    anniversary=date(YEAR, 6, 5),
)
BOOK: Book = a_book(
    id=BookId(f"book-{WORD}"),
    tenant=PERSON.tenant,
    home=ConversationHome(PERSON.tenant, CONVERSATION),
    name=f"book name {WORD}",
    zone=REGINA,
    created_at=UTC_AT,
)
ACCOUNT: Account = an_account(
    person=PERSON,
    username=f"{WORD}@upn.example",
    tokens=f'{{"secret": "{WORD}"}}',
    connected_at=UTC_AT,
    not_before=UTC_AT,
)
THE_LINK: Link = a_link(
    id=LINK,
    person=PERSON,
    book=BOOK.id,
    calendar=REMOTE,
    calendar_name=f"calendar {WORD}",
    synced_at=UTC_AT,
    last_problem=f"problem {WORD}",
    told=f"problem {WORD}",
    subscription=Subscription(id=f"sub-{WORD}", secret_hash=f"hash {WORD}", expires_at=UTC_AT),
)
CHAT: Conversation = replace(
    a_channel(),
    name=f"channel name {WORD}",
    tenant=PERSON.tenant,
    id=CONVERSATION,
    team_id=f"team {WORD}",
    group_id=f"group-{WORD}",
    team_name=f"team name {WORD}",
    service_url=f"https://{WORD}.example",
    bot_id=f"28:{WORD}",
    person=PERSON,
)


async def plant_books(store: Store) -> None:
    book = await store.books.add(BOOK)
    await store.books.add(replace(BOOK, id=BookId("mine"), home=PersonHome(PERSON)))
    written: dict[str, Any] = {"book": book.id, "created_by": AUTHOR, "updated_by": AUTHOR}
    written |= {"created_at": UTC_AT, "updated_at": UTC_AT}
    for number, content in enumerate((SERIES, a_content(), ALL_DAY)):
        id = EventId(f"event-{number}-{WORD}")
        event = await store.events.save(an_event(content, id=id, mirror=MIRROR, **written), book)
        again = await store.events.save(event, book)
        if number:
            await store.events.save(replace(again, deleted_at=NOON), book)
    contact = a_contact(CONTACT, id=ContactId(f"contact-{WORD}"), **written)
    await store.contacts.save(await store.contacts.save(contact, book), book)
    post = Post(
        conversation=CONVERSATION,
        activity_id=f"activity-{WORD}",
        book=book.id,
        item=f"event-0-{WORD}",
        posted_at=NOON,
    )
    await store.posts.add(post, book)
    answer = Given(
        event=EventId(f"event-{WORD}"), person=PERSON, name=WORD, answer=Answer.MAYBE, at=UTC_AT
    )
    await store.answers.put(answer, book)
    await store.shelves.put(PERSON, book.id)


async def plant_accounts(store: Store) -> None:
    await store.accounts.save(ACCOUNT)
    link = await store.links.add(THE_LINK)
    lease = await store.links.acquire(PERSON, f"owner {WORD}", 60)
    assert lease is not None
    observation = Observation(
        change_key=f"change {WORD}",
        content=SERIES,
        mirror=MIRROR,
        transaction_id=f"transaction {WORD}",
    )
    pair = Pair(remote=REMOTE, team=EventId(f"event-{WORD}"), agreed=SERIES, observed=observation)
    intent = Intent(
        team=EventId(f"event-{WORD}"),
        transaction_id=f"transaction {WORD}",
        tag=f"tag {WORD}",
        payload=WORD.encode(),
        content=SERIES,
        team_revision=1,
    )
    cursor = Cursor(f"https://graph.example/{WORD}", UTC_AT, UTC_AT, 1)
    step = LinkChanges(put_pairs=(pair,), put_intents=(intent,), cursor=cursor, link=link)
    await store.links.commit(lease, link, step)
    await store.sign_ins.put(f"state-{WORD}", WORD.encode(), NOON + timedelta(minutes=10))
    await store.subscriptions.put(f"sub-{WORD}", PERSON, LINK)


async def plant_the_rest(store: Store) -> None:
    await store.conversations.save(CHAT)
    member = Member(PERSON, f"member {WORD}", f"29:{WORD}")
    await store.conversations.put_members(PERSON.tenant, CONVERSATION, [member])
    for number in range(3):
        task = Task(
            kind=TaskKind.SYNC_LINK,
            tenant=PERSON.tenant,
            key=f"{number}-{WORD}",
            payload={f"key {WORD}": f"value {WORD}"},
            due_at=NOON,
        )
        await store.tasks.put(task)
    waiting, aside, _ = await store.tasks.claim(f"owner {WORD}", 3, 60)
    await store.tasks.retry(waiting, NOON, f"reason {WORD}")
    await store.tasks.set_aside(aside, f"reason {WORD}")
    remind = Task(
        kind=TaskKind.UPDATE_POSTS,
        tenant=PERSON.tenant,
        key=f"reminder {WORD}",
        due_at=UTC_AT,
        from_event=True,
    )
    await store.tasks.put(remind)
    await store.exports.put(PERSON, WORD.encode() * 9, NOON + timedelta(days=1))
    await store.conversations.put_departure(PERSON.tenant, UTC_AT)
    await store.conversations.put_end_asked(PERSON.tenant, UTC_AT)
    of_an_admin = AdminEntry(
        at=UTC_AT, by=PERSON.object_id, deed=AdminDeed.ERASE, whom=PERSON.object_id
    )
    await store.administration.add(PERSON.tenant, of_an_admin)
    gone = replace(BOOK, id=BookId(f"gone-{WORD}"), deleted_at=UTC_AT)
    await store.books.add(gone)
    deed = AuditEntry(at=UTC_AT, by=AUTHOR, deed=Deed.DELETED, kind="book", item=gone.id)
    await store.audit.add(gone, deed)
    await store.vault.partition(TenantId(f"gone-{WORD}"), WORD)
    await store.erasure.destroy_keys(TenantId(f"gone-{WORD}"))
    await store.erasure.finish(TenantId(f"gone-{WORD}"), YEAR)


TRACES = [WORD, f"{YEAR}-06", "Regina", '"daily"', '"title"']


async def test_nothing_that_was_planted_can_be_read_in_the_files(
    store: Store, tmp_path: Path, ring: KeyRing
) -> None:
    await plant_books(store)
    await plant_accounts(store)
    await plant_the_rest(store)
    assert await readable(tmp_path, ring) == []


@pytest.mark.parametrize(
    "careless",
    [
        WORD.encode(),
        WORD.upper().encode(),
        WORD.encode("utf-16-le"),
        WORD.encode().hex().encode(),
        base64.b64encode(b"." + WORD.encode()),
        AT.isoformat().encode(),
        int(UTC_AT.timestamp() * 1_000_000).to_bytes(8, "big"),
    ],
)
async def test_the_search_would_find_a_careless_write(
    store: Store, tmp_path: Path, ring: KeyRing, careless: bytes
) -> None:
    await store.records.commit("p", [Put(id="a", kind="event", body=b"x" + careless + b"x")])
    assert await readable(tmp_path, ring) != []


async def readable(folder: Path, ring: KeyRing) -> list[tuple[str, bytes]]:
    """Return which trace of what was planted, or of a key, stands in which file."""
    files = await asyncio.to_thread(
        lambda: {path.name: path.read_bytes() for path in folder.iterdir()}
    )
    assert set(files) == {"almanac.db", "almanac.db-wal", "almanac.db-shm"}
    traces = {encoded for trace in TRACES for encoded in encodings(trace)}
    traces |= {int(UTC_AT.timestamp() * 1_000_000).to_bytes(8, "big"), *ring._keys.values()}
    return [
        (name, trace) for name, content in files.items() for trace in traces if trace in content
    ]


def encodings(text: str) -> list[bytes]:
    """The ways in which a careless hand would write a text."""
    ways = [
        way
        for spelled in (text, text.lower(), text.upper())
        for way in (
            spelled.encode(),
            spelled.encode("utf-16-le"),
            spelled.encode().hex().encode(),
        )
    ]
    if text == WORD:  # of the shorter ones too little is left between the uncertain ends
        ways += [base64.b64encode(b"." * shift + WORD.encode())[4:-4] for shift in range(3)]
    return ways


@pytest.mark.parametrize(
    "value",
    [SERIES, MIRROR, CONTACT, BOOK, ACCOUNT, THE_LINK, CHAT],
    ids=lambda value: type(value).__name__,
)
def test_every_text_field_is_planted(value: Any) -> None:
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        is_text = isinstance(held, str) and not isinstance(held, StrEnum)
        if is_text and field.name not in ("etag", "language"):
            assert WORD in held, field.name
