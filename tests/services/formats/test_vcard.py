from __future__ import annotations

import re
from datetime import date

from services.formats.vcard import vcards
from services.model.contacts import Contact, ContactContent, Phone, PhoneKind
from tests._builders import a_contact
from tests.services._contacts import FULL


def lines(*contacts: Contact) -> list[str]:
    """The file as a reader unfolds it (RFC 6350, section 3.2)."""
    text = vcards(contacts).decode()
    assert text == "" or text.endswith("\r\n")
    return re.sub("\r\n ", "", text).split("\r\n")[:-1]


def test_all_that_a_contact_says_is_there() -> None:
    contact = a_contact(
        department="Engines",
        phones=(
            Phone(PhoneKind.BUSINESS, "+45 70 12 34 56"),
            Phone(PhoneKind.MOBILE, "+45 20 12 34 56"),
            Phone(PhoneKind.HOME, "12 34"),
        ),
        notes="Met in Copenhagen.\nLikes; weaving, and \\ signs.",
    )
    assert lines(contact) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "PRODID:-//Almanac//EN",
        "UID:contact-1",
        "REV:20261101T080000Z",
        "FN:Ada Byron",
        "ORG:Analytical Engines;Engines",
        "TITLE:Engineer",
        "EMAIL:ada@engines.example",
        'TEL;VALUE=text;TYPE="work,voice":+45 70 12 34 56',
        'TEL;VALUE=text;TYPE="cell,voice":+45 20 12 34 56',
        'TEL;VALUE=text;TYPE="home":12 34',
        "NOTE:Met in Copenhagen.\\nLikes\\; weaving\\, and \\\\ signs.",
        "END:VCARD",
    ]


def test_every_field_has_a_line() -> None:
    assert lines(a_contact(FULL))[5:-1] == [
        "FN:Countess Ada Lovelace",
        "N:Lovelace;Augusta;Ada;Dr;II",
        "NICKNAME:Ada",
        "X-INITIALS:A.A.L.",
        "X-PHONETIC-FIRST-NAME:オーガスタ",
        "X-PHONETIC-LAST-NAME:ラブレス",
        "X-PHONETIC-ORG:エンジン",
        "ORG:Difference Engines;Notes",
        "TITLE:Analyst",
        "ROLE:Mathematician",
        "X-OFFICE:Room G",
        "X-MANAGER:Charles",
        "RELATED;VALUE=text;TYPE=agent:Mary",
        "EMAIL:countess@engines.example",
        "EMAIL:ada@lovelace.example",
        "EMAIL:notes@engines.example",
        'TEL;VALUE=text;TYPE="work,voice":+44 20 5550 0101',
        'TEL;VALUE=text;TYPE="work,voice":+44 20 5550 0102',
        'TEL;VALUE=text;TYPE="home":+44 20 5550 0103',
        'TEL;VALUE=text;TYPE="home":+44 20 5550 0104',
        'TEL;VALUE=text;TYPE="cell,voice":+44 7700 900105',
        "X-IM:ada@chat.example",
        "ADR;TYPE=work:;;1 Dorset St\\nSecond floor;London;;W1U;UK",
        "ADR;TYPE=home:;;12 St James's Sq;London;Westminster;;",
        "ADR:;;;Kirkby Mallory;;;UK",
        "URL:https://engines.example/ada",
        "BDAY:18151210",
        "RELATED;VALUE=text;TYPE=spouse:William",
        "RELATED;VALUE=text;TYPE=child:Byron",
        "RELATED;VALUE=text;TYPE=child:Anne",
        "RELATED;VALUE=text;TYPE=child:Ralph",
        "CATEGORIES:Harbour,Sea",
        "NOTE:Wrote the first program.\\nLikes music.",
    ]


def test_a_birthday_in_a_year_that_nobody_knows_has_none() -> None:
    assert "BDAY:--0229" in lines(a_contact(birthday=date(1604, 2, 29)))


def test_no_field_can_begin_a_line_of_its_own() -> None:
    odd = a_contact(website="https://x.example/\r\nNOTE:mine", nickname="A\r\nNOTE:mine")
    assert not [line for line in lines(odd) if line.startswith("NOTE")]


def test_what_is_not_known_is_not_said() -> None:
    names = {line.partition(":")[0] for line in lines(a_contact(ContactContent(name="Ines")))}
    assert names == {"BEGIN", "VERSION", "PRODID", "UID", "REV", "FN", "END"}
    assert "ORG:;Engines" in lines(a_contact(ContactContent(name="A", department="Engines")))


def test_long_lines_are_folded_between_letters() -> None:
    contact = a_contact(name="王小明" * 40)
    raw = vcards([contact]).split(b"\r\n")
    assert max(map(len, raw)) <= 75
    assert f"FN:{'王小明' * 40}" in lines(contact)
    assert all(part.decode() for part in raw if part)


def test_several_contacts_are_one_file_and_none_an_empty_one() -> None:
    assert lines(a_contact(), a_contact(id="2")).count("BEGIN:VCARD") == 2
    assert vcards([]) == b""
