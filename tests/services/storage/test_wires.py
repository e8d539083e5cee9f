from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from services.storage.codec import decode, encode
from services.storage.wires import copied
from tests._builders import an_author, an_event


@dataclass(frozen=True)
class _Loose:
    """Without slots, as a class may be."""

    name: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class _Single:
    name: str


MIDNIGHT = datetime(2026, 11, 22, tzinfo=ZoneInfo("Europe/Berlin"))


@dataclass(frozen=True, slots=True)
class _Told:
    """Its fields are called as what makes it calls its own things."""

    wire: datetime
    cls: datetime = MIDNIGHT
    twin: str = "none"
    value: datetime | None = None


def test_what_was_left_out_is_the_default_and_what_is_there_is_read() -> None:
    other = MIDNIGHT.replace(hour=9)
    for told in (_Told(other), _Told(other, other, "one", other), _Told(MIDNIGHT, other)):
        assert decode(_Told, encode(told)) == told
    assert decode(_Told, encode(_Told(other))).cls is MIDNIGHT


def test_a_copy_is_what_replace_would_make() -> None:
    event = an_event()
    assert copied(event, etag="7", revision=7) == replace(event, etag="7", revision=7)
    assert event.etag == ""
    for value in (_Loose("a"), _Single("a")):
        assert copied(value, name="b") == replace(value, name="b")


def test_an_author_is_one_object_however_many_records_they_wrote() -> None:
    one, other = (
        decode(type(event), encode(event)) for event in (an_event(title="a"), an_event(title="b"))
    )
    assert one.created_by == an_author()
    assert one.created_by is other.created_by is one.updated_by


def test_fields_may_be_written_otherwise() -> None:
    event = an_event(etag="7", revision=7)
    assert encode(event, etag="", revision=0) == encode(an_event())
