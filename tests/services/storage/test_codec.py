from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.model.accounts import Account, AccountState, RemoteId, Subscription
from services.model.errors import Damaged, ReadOnlyReason
from services.model.events import (
    Event,
    EventContent,
    EventId,
    Importance,
    Mirror,
    Sensitivity,
    SeriesException,
    ShowAs,
)
from services.model.pairs import Cursor, Former, Intent, Observation, Pair, Trace
from services.model.recurrence import Pattern, Rule, Week, Weekday
from services.model.tasks import Task, TaskKind
from services.model.times import AllDay, Start, Timed
from services.storage.codec import decode, encode
from tests._builders import (
    BERLIN,
    LONG_AGO,
    TENANT,
    a_book,
    a_contact,
    a_link,
    a_person_home,
    a_personal_chat,
    an_account,
    an_event,
    an_event_content,
    timed,
)
from tests.services._contacts import FULL

ZONES = ["Europe/Berlin", "America/New_York", "America/Regina", "Asia/Kathmandu", "UTC"]

texts = st.text(max_size=30)
days = st.dates(date(1900, 1, 2), date(2199, 12, 30))
zones = st.sampled_from(ZONES).map(ZoneInfo)


@st.composite
def times(draw: st.DrawFn) -> datetime:
    moment = datetime.combine(draw(days), draw(st.times()), tzinfo=draw(zones))
    return moment.replace(fold=draw(st.integers(0, 1)))


@st.composite
def timeds(draw: st.DrawFn) -> Timed:
    start, end = sorted((draw(times()), draw(times())), key=lambda moment: moment.astimezone(UTC))
    return Timed(start, end)


@st.composite
def all_days(draw: st.DrawFn) -> AllDay:
    start = draw(days)
    return AllDay(start, start + timedelta(days=draw(st.integers(1, 400))))


rules = st.builds(
    Rule,
    pattern=st.sampled_from(Pattern),
    interval=st.integers(1, 99),
    weekdays=st.lists(st.sampled_from(Weekday), unique=True).map(lambda some: tuple(sorted(some))),
    day=st.none() | st.integers(1, 31),
    week=st.none() | st.sampled_from(Week),
    month=st.none() | st.integers(1, 12),
    days=st.lists(st.integers(-31, 31), max_size=3).map(tuple),
    months=st.lists(st.integers(1, 12), max_size=3).map(tuple),
    week_start=st.sampled_from(Weekday),
    until=st.none() | days,
    count=st.none() | st.integers(1, 999),
)


def contents(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[EventContent]:
    return st.builds(
        EventContent,
        title=texts,
        when=timeds() | all_days(),
        place=texts,
        text=texts,
        show_as=st.sampled_from(ShowAs),
        sensitivity=st.sampled_from(Sensitivity),
        reminder_minutes=st.none() | st.integers(0, 40_320),
        importance=st.sampled_from(Importance),
        tags=st.lists(texts, max_size=3).map(tuple),
        **fields,
    )


exceptions = st.builds(SeriesException, original=times() | days, content=st.none() | contents())
any_content = contents(
    rule=st.none() | rules, exceptions=st.lists(exceptions, max_size=3).map(tuple)
)


def clock_face(start: Start) -> object:
    """What equality of times leaves out: wall clock, zone and fold."""
    if not isinstance(start, datetime):
        return start
    assert isinstance(start.tzinfo, ZoneInfo)
    return start.replace(tzinfo=None), start.tzinfo.key, start.fold


def clock_faces(content: EventContent) -> list[object]:
    faces = [clock_face(content.when.start), clock_face(content.when.end)]
    for exception in content.exceptions:
        faces.append(clock_face(exception.original))
        faces += [] if exception.content is None else clock_faces(exception.content)
    return faces


@given(any_content)
def test_every_event_content_comes_back(content: EventContent) -> None:
    back = decode(EventContent, encode(content))
    assert back == content
    assert clock_faces(back) == clock_faces(content)


CONTENT = an_event_content(rule=Rule(pattern=Pattern.DAILY, until=date(2026, 12, 24)))
OBSERVATION = Observation(
    change_key="c", content=CONTENT, mirror=Mirror(ReadOnlyReason.HAS_ATTENDEES, "Ada", 3)
)
FORMER = Former(
    trace=Trace(transaction_id="t", uid="u", at=LONG_AGO),
    origin=RemoteId("first"),
    ours=True,
    agreed=CONTENT,
    echo=None,
)
LATER = replace(FORMER, remote=RemoteId("second"), older=(FORMER, FORMER))
SUBSCRIPTION = Subscription(id="s", secret_hash="h", expires_at=LONG_AGO)


@pytest.mark.parametrize(
    "value",
    [
        an_event(deleted_at=LONG_AGO, mirror=Mirror(ReadOnlyReason.ONLINE_MEETING)),
        a_contact(),
        a_contact(FULL),
        a_book(),
        a_book(home=a_person_home()),
        an_account(state=AccountState.AWAITING_APPROVAL, not_before=LONG_AGO),
        a_link(subscription=SUBSCRIPTION, synced_at=LONG_AGO),
        a_personal_chat(),
        Cursor("https://graph.example/delta", LONG_AGO, LONG_AGO, 2),
        Pair(remote=RemoteId("r"), team=None, agreed=None, observed=OBSERVATION),
        Pair(remote=RemoteId("r"), team=EventId("e"), agreed=CONTENT, observed=None),
        Pair(remote=RemoteId("r"), team=None, agreed=None, observed=OBSERVATION, former=FORMER),
        Pair(remote=RemoteId("r"), team=None, agreed=None, observed=OBSERVATION, former=LATER),
        Intent(
            team=EventId("e"),
            transaction_id="t",
            tag="g",
            payload=b'{"subject": "\xc3\xb8"}',
            content=CONTENT,
            team_revision=3,
        ),
        Task(
            kind=TaskKind.SYNC_LINK,
            tenant=TENANT,
            key="k",
            payload={"link": "l"},
            due_at=LONG_AGO,
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_class_that_is_stored_comes_back(value: object) -> None:
    assert decode(type(value), encode(value)) == value


def test_what_was_stored_before_contacts_were_synced_is_an_event() -> None:
    content = encode(CONTENT)
    old = b'{"remote":"r","team":"e","agreed":%b,"observed":{"change_key":"c","content":%b}}'
    pair = decode(Pair, old % (content, content))
    assert pair.agreed == CONTENT
    assert pair.observed == Observation(change_key="c", content=CONTENT)


def test_a_contact_and_an_event_are_told_apart() -> None:
    contact, event = a_contact().content, CONTENT
    pair = Pair(remote=RemoteId("r"), team=None, agreed=contact, echo=event, observed=None)
    assert b'"agreed":{"_":"ContactContent",' in encode(pair)
    assert decode(Pair, encode(pair)) == pair


def test_the_second_turn_of_a_repeated_hour_is_kept() -> None:
    start = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    content = an_event_content(when=Timed(start, start.replace(hour=3)))
    assert b"2026-10-25T02:30:00[Europe/Berlin]~1" in encode(content)
    back = decode(EventContent, encode(content))
    assert isinstance(back.when, Timed)
    assert (back.when.start.fold, back.when.start.utcoffset()) == (1, timedelta(hours=1))


def test_an_instant_in_utc_stays_one() -> None:
    back = decode(Account, encode(an_account()))
    assert back.connected_at.tzinfo is UTC


@dataclass(frozen=True)
class Letter:
    body: bytes
    copy: bytes | None = None


def test_bytes_are_base64() -> None:
    letter = Letter(b"\xff\x00?", b"\xfb\xef")
    assert encode(letter) == b'{"body":"/wA/","copy":"++8="}'
    assert decode(Letter, encode(letter)) == letter


def test_defaults_are_left_out() -> None:
    assert encode(an_event_content(title="t", when=timed("2026-11-20T12:30"))) == (
        b'{"title":"t","when":{"_":"Timed","start":"2026-11-20T12:30:00[Europe/Berlin]",'
        b'"end":"2026-11-20T13:30:00[Europe/Berlin]"}}'
    )


def test_a_field_that_is_no_longer_known_is_skipped() -> None:
    body = encode(an_event_content()).replace(b"{", b'{"colour":"red",', 1)
    assert decode(EventContent, body) == an_event_content()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"title":"t","when":{"_":"Sometimes"}}',
        b'{"title":"t","when":{"_":"AllDay","start":"2026-02-31","end":"2026-03-01"}}',
        b'{"title":"t","when":{"_":"AllDay","start":"2026-02-02","end":2}}',
        b'{"title":"t","when":{"_":"Timed","start":"2026-02-02T10:00:00[Mars/Base]","end":"x"}}',
    ],
)
def test_what_is_something_else_is_damaged(body: bytes) -> None:
    with pytest.raises(Damaged):
        decode(EventContent, body)


@dataclass(frozen=True)
class Opening:
    at: datetime
    title: str = ""


@pytest.mark.parametrize("zone", [UTC, BERLIN])
def test_a_plain_class_takes_instants_and_times_of_named_zones(zone: tzinfo) -> None:
    back = decode(Opening, encode(Opening(datetime(2026, 11, 20, 10, tzinfo=zone), "t")))
    assert (back.at, back.at.tzinfo) == (datetime(2026, 11, 20, 10, tzinfo=zone), zone)


def test_a_class_with_some_of_the_fields_reads_those() -> None:
    @dataclass(frozen=True)
    class Title:
        title: str

    assert decode(Title, encode(an_event_content(title="Lunch"))) == Title("Lunch")


@dataclass(frozen=True)
class Moment:
    at: datetime
    marks: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    language: str = "en"


def test_a_time_without_a_named_zone_is_refused() -> None:
    for at in (LONG_AGO.replace(tzinfo=None), datetime.fromisoformat("2026-11-20T12:00+01:00")):
        with pytest.raises(ValueError, match="named zone"):
            encode(Moment(at))


def test_a_type_without_a_form_is_refused() -> None:
    @dataclass(frozen=True)
    class Unknown:
        value: complex

    @dataclass(frozen=True)
    class Mixed:
        value: tuple[int, str]

    for odd in (Unknown(1j), Mixed((1, "a"))):
        with pytest.raises(TypeError):
            encode(odd)


def test_an_empty_default_is_left_out_whatever_made_it() -> None:
    assert encode(Moment(LONG_AGO)) == b'{"at":"2026-11-01T08:00:00Z"}'
    assert decode(Moment, encode(Moment(LONG_AGO))).notes == {}


def test_what_equals_its_default_is_left_out_wherever_it_comes_from() -> None:
    moment = decode(Moment, b'{"at":"2026-11-01T08:00:00Z","language":"en","notes":{}}')
    assert encode(moment) == b'{"at":"2026-11-01T08:00:00Z"}'
    assert encode(replace(moment, language="de")).endswith(b',"language":"de"}')


def test_an_event_may_have_been_written_in_a_named_zone() -> None:
    event = replace(an_event(), created_at=LONG_AGO.astimezone(BERLIN))
    assert decode(Event, encode(event)).created_at.tzinfo is BERLIN
    assert decode(Event, encode(an_event())).created_at == LONG_AGO
