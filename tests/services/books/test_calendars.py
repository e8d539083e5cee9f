"""Several calendars in one place: made, set up, archived, brought back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from services.books.audit import Audit
from services.books.book_bin import BookBin
from services.books.books import Books
from services.books.calendars import MOST_BOOKS, Calendars
from services.books.sharing import Sharing
from services.books.tidy_profile import tidy_profile
from services.events.events import Events
from services.model.access import Access, Mode, Role
from services.model.books import Book, BookId, BookKind
from services.model.deeds import Deed
from services.model.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    OnlyOwners,
    Problem,
    ReadOnly,
    Stale,
    Wrong,
)
from services.model.events import Author
from services.model.recurrence import Weekday
from services.model.settings import BookSettings, Holiday, HolidaySet, Profile
from services.people.conversations import Conversations
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    NEW_YORK,
    OTHER_TENANT,
    TENANT,
    a_channel,
    a_channel_home,
    a_member,
    a_person,
    a_person_home,
    an_author,
    an_event_content,
)
from tests._fakes import FrozenClock

INES, TOM, OTTO = an_author("ines"), an_author("tom"), an_author("otto", OTHER_TENANT)
HOME = a_channel_home()


def named(name: str, **settings: object) -> Profile:
    return Profile(
        name=name,
        zone=BERLIN,
        language="en",
        settings=replace(BookSettings(), **settings),  # type: ignore[arg-type]
    )


@pytest.fixture
def calendars(store: Store, sharing: Sharing, clock: FrozenClock) -> Calendars:
    return Calendars(store, sharing, clock)


async def make(calendars: Calendars, name: str, author: Author = TOM) -> Book:
    return await calendars.make(author, HOME, BookKind.CALENDAR, named(name), f"form {name}")


async def test_a_place_has_as_many_calendars_as_somebody_makes(
    calendars: Calendars, books: Books, calendar: Book, contact_list: Book, clock: FrozenClock
) -> None:
    clock.advance(1)
    travel = await make(calendars, "  Travel\n plans ")
    assert (travel.name, travel.home, travel.zone) == ("Travel plans", HOME, BERLIN)
    there = await books.of_place(a_person(), HOME, BookKind.CALENDAR)
    assert [book.id for book in there] == [calendar.id, travel.id]
    assert [b.id for b in await books.of_place(a_person(), HOME, BookKind.CONTACTS)] == [
        contact_list.id
    ]


async def test_who_makes_a_calendar_owns_it_and_finds_it_from_any_chat(
    calendars: Calendars, calendar: Book, sharing: Sharing, books: Books
) -> None:
    travel = await make(calendars, "Travel")
    assert await sharing.role_of(a_person("tom"), travel) is Role.OWNER
    assert await sharing.role_of(a_person("ines"), travel) is Role.EDITOR
    assert travel in await books.on_shelf(a_person("tom"), BookKind.CALENDAR)


async def test_one_form_makes_one_calendar(
    calendars: Calendars, books: Books, calendar: Book
) -> None:
    made = await asyncio.gather(*(make(calendars, "Travel") for _ in range(3)))
    assert len({book.id for book in made}) == 1
    assert len(await books.of_place(a_person(), HOME, BookKind.CALENDAR)) == 2


async def test_names_are_told_apart_and_needed(calendars: Calendars, calendar: Book) -> None:
    await make(calendars, "Travel")
    for name, wrong in (
        ("TRAVEL", Wrong.TAKEN),
        ("  ", Wrong.MISSING),
        ("x" * 101, Wrong.TOO_LONG),
    ):
        with pytest.raises(InvalidInput) as caught:
            await make(calendars, name)
        assert [problem.wrong for problem in caught.value.problems] == [wrong]


async def test_strangers_guests_and_readers_make_none(
    calendars: Calendars, calendar: Book, conversations: Conversations, store: Store
) -> None:
    await conversations.seen(a_channel(), a_member("otto", OTHER_TENANT))
    await store.books.save(replace(calendar, access=Access(mode=Mode.OWNERS)))
    for author, error in (
        (an_author("mallory"), NotFound),
        (Author(None, "Outlook"), NotFound),
        (OTTO, NotAllowed),
        (TOM, NotAllowed),
    ):
        with pytest.raises(error):
            await make(calendars, "Mine", author)


async def test_people_have_several_calendars_of_their_own(
    calendars: Calendars, sharing: Sharing
) -> None:
    home = a_person_home()
    made = await calendars.make(INES, home, BookKind.CALENDAR, named("Gym"), "f")
    assert await sharing.role_of(a_person(), made) is Role.OWNER
    assert made.access == Access()
    with pytest.raises(NotFound):
        await calendars.make(TOM, home, BookKind.CALENDAR, named("Mine"), "f")


async def test_an_archived_place_gets_no_more(
    calendars: Calendars, calendar: Book, conversations: Conversations
) -> None:
    await conversations.deleted(TENANT, a_channel().id)
    with pytest.raises(ReadOnly):
        await make(calendars, "Late")


async def test_there_is_an_end_to_it(
    calendars: Calendars, calendar: Book, store: Store, clock: FrozenClock
) -> None:
    for number in range(MOST_BOOKS - 1):
        await store.books.add(
            replace(calendar, id=BookId(f"b{number}"), name=f"b{number}", etag="")
        )
    with pytest.raises(InvalidInput) as caught:
        await make(calendars, "Fifty-first")
    assert caught.value.problems == (Problem("set_name", Wrong.TOO_MANY, MOST_BOOKS),)


async def test_an_owner_changes_everything_about_it(
    calendars: Calendars, calendar: Book, store: Store, sharing: Sharing
) -> None:
    travel = await make(calendars, "Travel")
    profile = Profile(
        name="Trips",
        zone=NEW_YORK,
        language="de-DE",
        settings=BookSettings(
            first_weekday=Weekday.SUNDAY,
            holidays=(HolidaySet("US"), HolidaySet("DE"), HolidaySet("US")),
            own_holidays=(Holiday(date(2026, 12, 24), " Closed\t"),),
        ),
    )
    changed = await calendars.change(TOM, travel.id, profile, etag=travel.etag)
    assert (changed.name, changed.zone, changed.language) == ("Trips", NEW_YORK, "de-DE")
    assert changed.settings.holidays == (HolidaySet("DE"), HolidaySet("US"))
    assert changed.settings.own_holidays == (Holiday(date(2026, 12, 24), "Closed"),)
    assert await calendars.change(TOM, travel.id, changed.profile, etag="old") == changed
    with pytest.raises(Stale):
        await calendars.change(TOM, travel.id, replace(profile, name="Journeys"), etag=travel.etag)
    told = await Audit(store, sharing).newest(a_person("tom"), travel.id)
    assert [one.entry.deed for one in told] == [Deed.SET, Deed.CREATED]


async def test_the_first_calendar_may_stay_without_a_name(
    calendars: Calendars, calendar: Book, store: Store, conversations: Conversations
) -> None:
    tom = await store.conversations.member(TENANT, a_channel().id, a_person("tom"))
    assert tom
    await store.conversations.put_members(TENANT, a_channel().id, [replace(tom, owns=True)])
    profile = replace(calendar.profile, settings=BookSettings(week_numbers=True))
    changed = await calendars.change(TOM, calendar.id, profile)
    assert (changed.name, changed.settings.week_numbers) == ("", True)
    with pytest.raises(InvalidInput):
        travel = await make(calendars, "Travel")
        await calendars.change(TOM, travel.id, replace(travel.profile, name=""))


async def test_an_archived_calendar_is_read_only_and_no_longer_the_first(
    calendars: Calendars, books: Books, events: Events, clock: FrozenClock, calendar: Book
) -> None:
    clock.advance(1)
    travel = await make(calendars, "Travel")
    event = await events.create(TOM, travel.id, an_event_content())
    away = await calendars.archive(TOM, travel.id)
    assert away.retired
    assert await calendars.archive(TOM, travel.id) == away
    assert await events.get(a_person(), travel.id, event.id) == event
    with pytest.raises(ReadOnly):
        await events.create(TOM, travel.id, an_event_content())
    with pytest.raises(ReadOnly):
        await calendars.change(TOM, travel.id, named("Trips"))
    back = await calendars.reopen(TOM, travel.id)
    assert not back.archived
    assert await calendars.reopen(TOM, travel.id) == back
    assert await events.create(TOM, travel.id, an_event_content())


async def test_archived_ones_come_last_and_are_not_the_default(
    calendars: Calendars, books: Books, calendar: Book, store: Store, clock: FrozenClock
) -> None:
    clock.advance(1)
    travel = await make(calendars, "Travel")
    await store.books.save(replace(calendar, retired=True, archived=True))
    there = await books.of_place(a_person(), HOME, BookKind.CALENDAR)
    assert [book.id for book in there] == [travel.id, calendar.id]
    first = await books.at_home(INES, HOME, BookKind.CALENDAR, zone=BERLIN, language="en")
    assert first.id == travel.id


async def test_what_comes_back_to_an_archived_place_stays_read_only(
    calendars: Calendars, calendar: Book, conversations: Conversations
) -> None:
    travel = await make(calendars, "Travel")
    await calendars.archive(TOM, travel.id)
    await conversations.deleted(TENANT, a_channel().id)
    back = await calendars.reopen(TOM, travel.id)
    assert (back.retired, back.archived) == (False, True)
    await conversations.restored(TENANT, a_channel().id)


async def test_a_place_that_comes_back_leaves_its_archive_closed(
    calendars: Calendars, calendar: Book, conversations: Conversations, store: Store
) -> None:
    travel = await make(calendars, "Travel")
    await calendars.archive(TOM, travel.id)
    await conversations.deleted(TENANT, a_channel().id)
    await conversations.restored(TENANT, a_channel().id)
    assert (await store.books.get(TENANT, travel.id)).archived
    assert not (await store.books.get(TENANT, calendar.id)).archived


async def test_only_owners_change_archive_and_reopen(calendars: Calendars, calendar: Book) -> None:
    travel = await make(calendars, "Travel")
    for call in (
        calendars.change(INES, travel.id, named("Mine")),
        calendars.archive(INES, travel.id),
        calendars.reopen(INES, travel.id),
    ):
        with pytest.raises(OnlyOwners):
            await call
    nobody = Author(None, "Outlook")
    for call in (
        calendars.change(nobody, travel.id, named("Mine")),
        calendars.archive(nobody, travel.id),
    ):
        with pytest.raises(NotFound):
            await call


async def test_a_name_is_free_again_once_its_calendar_lies_in_the_bin(
    calendars: Calendars, calendar: Book, store: Store, sharing: Sharing, clock: FrozenClock
) -> None:
    travel = await make(calendars, "Travel")
    await BookBin(store, sharing, clock).delete(TOM, travel.id)
    assert (await calendars.make(TOM, HOME, BookKind.CALENDAR, named("travel"), "2")).name


@pytest.mark.parametrize(
    ("field", "settings"),
    [
        ("set_business_days", {"business_days": ()}),
        ("set_closes", {"opens": 600, "closes": 600}),
        ("set_closes", {"opens": -1}),
        ("set_closes", {"closes": 1441}),
        ("set_reminder", {"reminder_minutes": -5}),
        ("holidays", {"holidays": tuple(HolidaySet("DE", f"{n}") for n in range(21))}),
        (
            "own_holidays",
            {"own_holidays": tuple(Holiday(date(2026, 1, 1), f"{n}") for n in range(201))},
        ),
        ("own_holidays", {"own_holidays": (Holiday(date(2026, 1, 1), " "),)}),
    ],
)
def test_settings_that_cannot_be_are_refused(field: str, settings: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as caught:
        tidy_profile(named("x", **settings), named=True)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_settings_that_were_there_before_are_taken_as_they_are() -> None:
    profile = named("x", business_days=())
    assert tidy_profile(profile, named=True, kept=profile.settings) == profile


def test_a_language_is_a_tag() -> None:
    with pytest.raises(InvalidInput):
        tidy_profile(replace(named("x"), language="../../etc"), named=True)
