"""Contacts out of vCards of every version, and out of files that mean no good."""

from __future__ import annotations

import base64
import time
from dataclasses import replace
from datetime import date

import pytest

from services.formats.contact_columns import folded_name
from services.formats.vcard import vcards
from services.formats.vcard_read import read_vcards
from services.model.contact_lists import CustomField, FieldId, FieldKind
from services.model.contacts import Address, ContactContent, CustomValue, Phone, PhoneKind
from services.model.imports import BadFile, FileWrong, Incoming, Snag
from tests._builders import a_contact
from tests.services._contacts import FULL

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 300


def a_card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def one(data: bytes) -> Incoming[ContactContent]:
    [item] = read_vcards(data).items
    return item


def test_what_we_write_is_read_as_it_was() -> None:
    item = one(vcards([a_contact(FULL)]))
    assert item.uid == "contact-1"
    assert item.content == FULL
    more = replace(
        FULL,
        groups=("Press, radio", "Sea; land"),
        links=("https://x.example/a,b;c", "https://y.example"),
        anniversary=date(2011, 6, 11),
        birthday=date(1604, 2, 29),
        chats=("xmpp:ada@chat.example", "ada; b"),
        phones=tuple(Phone(kind, f"+45 70 12 34 5{n}") for n, kind in enumerate(PhoneKind)),
        notes="**bold** and \\n; a, b\n- item",
    )
    assert one(vcards([a_contact(more)])).content == more


def test_version_2_1_with_its_bare_types_and_quoted_printable() -> None:
    item = one(
        a_card(
            "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=FCrgen;;;",
            "FN;CHARSET=UTF-8;QUOTED-PRINTABLE:J=C3=BCrgen =",
            " M=C3=BCller",
            "TEL;CELL:+49 171 1234567",
            "TEL;WORK;FAX:+49 30 1234",
            "ADR;HOME:;;Hauptstr. 1;Berlin;;10115;Germany",
            "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo",
            version="2.1",
        )
    )
    content = item.content
    assert (content.name, content.family_name, content.given_name) == (
        "Jürgen Müller",
        "Müller",
        "Jürgen",
    )
    assert content.phones == (
        Phone(PhoneKind.MOBILE, "+49 171 1234567"),
        Phone(PhoneKind.FAX, "+49 30 1234"),
    )
    assert content.home_address == Address(
        street="Hauptstr. 1", city="Berlin", postal_code="10115", country="Germany"
    )
    assert content.notes == "one\ntwo"


def test_version_3_of_a_telephone() -> None:
    content = one(
        a_card(
            "N:Byron;Ada;;;",
            "item1.EMAIL;type=INTERNET;type=pref:ada@engines.example",
            "item1.X-ABLabel:_$!<Work>!$_",
            "item2.URL;type=pref:https\\://engines.example",
            "TEL;type=IPHONE;type=CELL:+44 7700 900105",
            "X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/ada",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
            "ORG:Engines\\, Inc.;Mills;Night",
            "CATEGORIES:sea,harbour",
        )
    ).content
    assert content.name == "Ada Byron" and content.emails == ("ada@engines.example",)
    assert content.website == "https://engines.example"
    assert content.links == ("https://www.linkedin.com/in/ada",)
    assert content.birthday == date(1604, 2, 29)
    assert (content.company, content.department) == ("Engines, Inc.", "Mills, Night")
    assert content.tags == ("sea", "harbour")


def test_labels_of_apple_and_google_say_what_a_line_is() -> None:
    content = one(
        a_card(
            "FN:Ada Byron",
            "item1.TEL:+44 20 7946 0101",
            "item1.X-ABLabel:_$!<HomeFAX>!$_",
            "item2.TEL:+44 20 7946 0102",
            "item2.X-ABLabel:Office",
            "item3.X-ABDATE;type=pref:1835-07-08",
            "item3.X-ABLabel:_$!<Anniversary>!$_",
            "item4.X-ABDATE:1840-01-01",
            "item4.X-ABLabel:First engine",
            "item5.X-ABRELATEDNAMES:William",
            "item5.X-ABLabel:_$!<Spouse>!$_",
            "item6.X-ABRELATEDNAMES:Ralph",
            "item6.X-ABLabel:_$!<Son>!$_",
            "item7.X-ABRELATEDNAMES:Charles",
            "item7.X-ABLabel:_$!<Manager>!$_",
            "CATEGORIES:myContacts,Friends",
        )
    ).content
    assert [phone.kind for phone in content.phones] == [PhoneKind.FAX, PhoneKind.BUSINESS]
    assert content.anniversary == date(1835, 7, 8)
    assert (content.spouse, content.children, content.manager) == ("William", ("Ralph",), "Charles")
    assert content.tags == ("Friends",), "everybody is one of Google's own contacts"


def test_what_is_preferred_comes_first_in_every_version() -> None:
    older = ("EMAIL;type=HOME:b@x.example", "EMAIL;type=WORK;type=pref:a@x.example")
    newer = ("EMAIL;PREF=2:b@x.example", "EMAIL;PREF=1:a@x.example", "EMAIL:c@x.example")
    assert one(a_card("FN:Ada", *older)).content.emails == ("a@x.example", "b@x.example")
    told = one(a_card("FN:Ada", *newer, version="4.0")).content.emails
    assert told == ("a@x.example", "b@x.example", "c@x.example")


def test_a_second_address_of_a_kind_is_another() -> None:
    homes = ("ADR;TYPE=HOME:;;Quay 3;Aarhus;;;", "ADR;TYPE=HOME:;;Dorset Street;London;;;")
    content = one(a_card("FN:Ada", *homes)).content
    assert (content.home_address.city, content.other_address.city) == ("Aarhus", "London")


def test_what_no_field_has_room_for_stands_in_the_notes_and_is_told() -> None:
    reading = read_vcards(
        a_card(
            "FN:Ada",
            "NOTE:Likes music",
            "ADR;TYPE=HOME:;;Quay 3;Aarhus;;;",
            "ADR;TYPE=HOME:;;Dorset Street;London;;W1U;UK",
            "item1.ADR;TYPE=HOME:;;Rue 1;Paris;;;",
            "item1.X-ABLabel:Summer house",
            "ADR:;;Boat;Svendborg;;;",
            "ORG:Engines",
            "ORG:Mills",
            "TITLE:Engineer",
            "TITLE:Countess",
            "BDAY:18151210",
            "BDAY;VALUE=text:circa 1800",
            "NOTE:Second",
            "item2.X-ABDATE;type=pref:1840-01-01",
            "item2.X-ABLabel:First engine",
            "item3.X-ABRELATEDNAMES:Allegra",
            "item3.X-ABLabel:_$!<Sister>!$_",
            "RELATED;TYPE=friend;VALUE=text:Mary Somerville",
            "X-SOCIALPROFILE;type=twitter;x-user=ada:x-apple:ada",
            "HOBBY:riding",
        )
    )
    [item] = reading.items
    ada = item.content
    assert (ada.company, ada.job, ada.home_address.city) == ("Engines", "Engineer", "Aarhus")
    assert ada.other_address.city == "Svendborg"
    assert ada.notes.splitlines() == [
        "Likes music",
        "Second",
        "First engine: 1840-01-01",
        "Company: Mills",
        "Title: Countess",
        "Birthday: circa 1800",
        "Sister: Allegra",
        "Friend: Mary Somerville",
        "Twitter: ada",
        "Hobby: riding",
        "Home address: Dorset Street, W1U London, UK",
        "Summer house: Rue 1, Paris",
    ]
    assert [(t.snag, t.skipped) for t in reading.troubles] == [(Snag.IN_NOTES, False)]


def test_an_address_as_it_is_printed_counts_where_there_is_no_other() -> None:
    label = "LABEL;TYPE=HOME;ENCODING=QUOTED-PRINTABLE:Quay 3=0D=0A8000 Aarhus"
    [item] = read_vcards(a_card("FN:Ada", label, version="2.1")).items
    assert item.content.home_address == Address(street="Quay 3\n8000 Aarhus")
    both = a_card("FN:Ada", label, "ADR;HOME:;;Quay 3;Aarhus;;8000;", version="2.1")
    assert one(both).content.home_address.city == "Aarhus" and not one(both).content.notes


def test_fields_of_the_lists_own_go_out_and_come_home() -> None:
    fields = (
        CustomField(FieldId("f1"), "Customer, since", FieldKind.DATE),
        CustomField(FieldId("f2"), "Shop", FieldKind.LINK),
        CustomField(FieldId("f3"), "Paid: how", FieldKind.CHOICE, ("cash", "card")),
        CustomField(FieldId("f4"), "Size"),
        CustomField(FieldId("f5"), "Empty"),
    )
    values = ("2020-05-31", "https://shop.example/?a=1;b=2", "cash", "a; b,\\ c")
    custom = tuple(map(CustomValue, map(FieldId, ("f1", "f2", "f3", "f4")), values))
    data = vcards([a_contact(FULL, custom=custom)], fields=fields)
    assert b"item1.X-ABDATE:2020-05-31" in data, "as Apple and Google have it"
    kinds = {folded_name(field.name): field.kind for field in fields}
    [item] = read_vcards(data, kinds).items
    assert item.own == dict(zip(list(kinds)[:4], values, strict=True))
    assert item.content == replace(FULL, custom=())
    elsewhere = one(data).content
    assert elsewhere.links == ("https://shop.example/?a=1;b=2",)
    assert elsewhere.notes.splitlines()[2:] == [
        "Customer, since: 2020-05-31",
        "Paid: how: cash",
        "Size: a; b,\\ c",
    ]


def test_what_a_program_has_invented_goes_to_a_field_that_is_called_so() -> None:
    data = a_card("FN:Ada", "X-CUSTOMER-NO:4711", "X-ABUID:1", "item1.URL:https://x.example")
    kinds = {"customer no": FieldKind.TEXT, "work": FieldKind.TEXT}
    [item] = read_vcards(data, kinds).items
    assert item.own == {"customer no": "4711"} and not item.content.notes
    assert item.content.website == "https://x.example"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_need_no_mark(encoding: str) -> None:
    data = a_card("FN:Łukasz 王").decode().encode(encoding)
    assert one(data).content.name == "Łukasz 王"


def test_two_of_one_name_are_two_unless_they_say_the_same() -> None:
    data = a_card("FN:John Smith", "TEL:111222") + a_card("FN:John Smith", "TEL:333444") * 2
    reading = read_vcards(data)
    assert [item.content.phones[0].number for item in reading.items] == ["111222", "333444"]
    assert [(trouble.row, trouble.snag) for trouble in reading.troubles] == [(3, Snag.TWICE)]
    again = read_vcards(data)
    assert [item.uid for item in again.items] == [item.uid for item in reading.items]


def test_version_4_with_addresses_of_everything() -> None:
    content = one(
        a_card(
            "FN:Ada",
            'TEL;VALUE=uri;TYPE="work,voice":tel:+44-20-7946-0101',
            "BDAY:--1210",
            "ANNIVERSARY:20110611",
            "RELATED;VALUE=uri;TYPE=spouse:urn:uuid:1",
            "RELATED;VALUE=text;TYPE=child:Byron",
            "ADR:;;Quay 3;Aarhus;;8000;Denmark",
            "BDAY;VALUE=text:circa 1800",
            version="4.0",
        )
    ).content
    assert content.phones == (Phone(PhoneKind.BUSINESS, "+44-20-7946-0101"),)
    assert content.birthday == date(1604, 12, 10) and content.anniversary == date(2011, 6, 11)
    assert content.spouse == "" and content.children == ("Byron",)
    assert content.other_address.city == "Aarhus"


@pytest.mark.parametrize("version", ["ENCODING=b;TYPE=PNG:", "data:image/png;base64,"])
def test_a_photo_in_the_file_is_brought_along(version: str) -> None:
    packed = base64.b64encode(PNG).decode()
    head = f"PHOTO;{version}" if version.startswith("ENC") else f"PHOTO:{version}"
    folded = "\r\n ".join(packed[n : n + 60] for n in range(0, len(packed), 60))
    assert one(a_card("FN:Ada", head + folded)).photo == PNG


def test_a_photo_by_address_is_never_fetched_and_a_broken_or_huge_one_is_told() -> None:
    assert one(a_card("FN:Ada", "PHOTO;VALUE=uri:http://10.0.0.1/x.png")).photo == b""
    assert one(a_card("FN:Ada", "PHOTO:data:text/html,<script>")).photo == b""
    huge = "PHOTO;ENCODING=b:" + "A" * 800_000
    for line in ("PHOTO;ENCODING=b:!!!!", "PHOTO;ENCODING=b:iVBOéRw0KGgo", huge):
        reading = read_vcards(a_card("FN:Ada", line))
        assert reading.items[0].photo == b""
        assert [(t.snag, t.skipped) for t in reading.troubles] == [(Snag.BAD_PHOTO, False)]


def test_what_is_called_nothing_goes_by_what_there_is() -> None:
    assert one(a_card("ORG:Crane")).content.name == "Crane"
    assert one(a_card("EMAIL:info@crane.example")).content.name == "info@crane.example"
    assert one(a_card("N:;;;;", "TEL:+45 70 12 34 56")).content.name == "+45 70 12 34 56"
    reading = read_vcards(a_card("NOTE:nobody") + a_card("FN:Ada"))
    assert [item.content.name for item in reading.items] == ["Ada"]
    assert [(t.row, t.snag) for t in reading.troubles] == [(1, Snag.NO_NAME)]


def test_groups_cards_within_cards_and_doubles_are_passed_over() -> None:
    agent = "BEGIN:VCARD\r\nFN:Agent\r\nTEL:1\r\nEND:VCARD"
    data = a_card("KIND:group", "FN:All", version="4.0") + a_card(
        "FN:Ada", "UID:1", "AGENT:", agent
    )
    reading = read_vcards(data + a_card("FN:Ada again", "UID:1"))
    assert [item.content.name for item in reading.items] == ["Ada"]
    assert reading.items[0].content.phones == ()
    assert [t.snag for t in reading.troubles] == [Snag.TWICE]


def test_whoever_a_group_of_the_file_holds_is_in_it() -> None:
    data = b"".join(
        (
            a_card("X-ADDRESSBOOKSERVER-KIND:group", "FN:Sea, deep", *MEMBERS),
            a_card("FN:Ada", "UID:1A", "X-GROUP:Press"),
            a_card("FN:Ben", "UID:urn:uuid:2b"),
            a_card("FN:Eve", "UID:3"),
            a_card("KIND:group", "FN:Land", "MEMBER:urn:uuid:2b", "MEMBER:mailto:x", version="4.0"),
        )
    )
    reading = read_vcards(data)
    groups = {item.content.name: item.content.groups for item in reading.items}
    assert groups == {"Ada": ("Press", "Sea, deep"), "Ben": ("Sea, deep", "Land"), "Eve": ()}
    assert not reading.troubles


MEMBERS = [f"X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:{uid}" for uid in ("1a", "2b", "9")]


def test_a_file_that_ends_in_the_middle_is_taken_as_far_as_it_goes() -> None:
    reading = read_vcards(b"BEGIN:VCARD\r\nFN:Ada\r\nTEL:123456")
    assert reading.items[0].content.phones == (Phone(PhoneKind.OTHER, "123456"),)
    assert [t.snag for t in reading.troubles] == [Snag.CUT_OFF]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"BEGIN:VCARD\r\n" * 9, FileWrong.TOO_COMPLEX),
        (b"BEGIN:VCARD\r\nFN:" + b"a" * 4_000_001, FileWrong.TOO_COMPLEX),
        (b"BEGIN:VCARD\r\nFN:" + b"\r\n x" * 8_000_000, FileWrong.TOO_LARGE),
        pytest.param(
            b"BEGIN:VCARD\r\nEND:VCARD\r\n" * 50_001, FileWrong.TOO_LARGE, marks=pytest.mark.slow
        ),
    ],
    ids=["nested", "an endless line", "endless folds", "too many"],
)
def test_what_no_honest_program_writes_is_refused(data: bytes, why: FileWrong) -> None:
    with pytest.raises(BadFile) as refused:
        read_vcards(data)
    assert refused.value.why is why


def test_wrong_encodings_and_wrong_lines_are_read_as_far_as_they_can_be() -> None:
    raw = "BEGIN:VCARD\nFN:Jürgen\nBDAY:1990-02-31\nN\nTEL\n:x\nADR:;\nEND:VCARD"
    for data in (raw.encode("cp1252"), raw.encode("utf-16"), raw.encode("utf-8-sig")):
        reading = read_vcards(data)
        assert reading.items[0].content.name == "Jürgen"
        assert [t.snag for t in reading.troubles] == [Snag.NOT_A_DATE]
    for name in ("idna", "zlib", "nonsense", "", "punycode", "undefined"):
        line = f"FN;ENCODING=QUOTED-PRINTABLE;CHARSET={name}:Ada=C3=BC"
        assert one(a_card(line, version="2.1")).content.name == "Adaü"


@pytest.mark.slow
def test_a_bomb_of_lines_costs_little() -> None:
    parameters = "TEL" + ";TYPE=x" * 5_000 + ":1"
    soft = "NOTE;ENCODING=QUOTED-PRINTABLE:" + "a=\r\n" * 200_000
    lines = [parameters, soft, *["X-A:b"] * 200_000, "EMAIL:late@x.example"]
    began = time.process_time()
    reading = read_vcards(a_card("FN:Ada", *lines, version="2.1"))
    assert time.process_time() - began < 3
    assert reading.items[0].content.emails == (), "what stands behind a thousand lines is not read"
    assert [t.snag for t in reading.troubles] == [Snag.CUT_OFF]
