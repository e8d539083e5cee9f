from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from msgspec import Raw

from services.model.contacts import ContactContent
from services.model.events import EventContent
from services.storage.forms import form_of, is_plain, wire_reader
from tests.services._contacts import FULL


@dataclass(frozen=True, slots=True)
class _Odd:
    pair: tuple[int, str]


def test_msgspec_alone_reads_what_it_reads_as_we_do() -> None:
    assert is_plain(ContactContent) and is_plain(date)
    assert not is_plain(EventContent)
    assert is_plain(datetime) and not is_plain(datetime, times=False)


def test_a_form_knows_both_ways() -> None:
    form = form_of(EventContent | ContactContent | None)
    assert form.pack(None) is None and form.unpack(Raw(b"null")) is None
    assert form.pack(FULL).__struct_config__.tag == "ContactContent"
    assert wire_reader(ContactContent)(b'{"name":"Ada"}') == ContactContent(name="Ada")


def test_a_type_without_a_form_is_named() -> None:
    with pytest.raises(TypeError, match="only tuples of one type"):
        wire_reader(_Odd)
    with pytest.raises(TypeError, match="no form"):
        form_of(complex)
