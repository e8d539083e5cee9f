"""Contacts as the programs of the world export them; files made here, after what they write."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.files.import_reading import kind_of, read_contacts, read_events
from services.formats.contact_table import contacts_in
from services.formats.tables import Row, read_table
from services.formats.vcard_read import read_vcards
from services.model.books import BookKind
from services.model.contact_lists import CustomField, FieldId, FieldKind, ListShape
from services.model.contacts import Address, ContactContent, Phone, PhoneKind
from services.model.imports import BadFile, Snag
from tests.services._contacts import whole

GERMAN = (
    '"Anrede","Vorname","Nachname","Firma","Position","Straße geschäftlich",'
    '"Straße geschäftlich 2","Ort geschäftlich","Region geschäftlich",'
    '"Postleitzahl geschäftlich","Land/Region geschäftlich","Straße privat","Ort privat",'
    '"Weitere Straße","Weiterer Ort","Weiteres/e Land/Region","Telefon Assistent",'
    '"Fax geschäftlich","Telefon geschäftlich","Telefon Firma","Telefon (privat 2)",'
    '"Mobiltelefon","Weiteres Fax","Haupttelefon","Benutzer 1","Beruf","E-Mail-Adresse",'
    '"E-Mail-Typ","E-Mail: Angezeigter Name","E-Mail 2: Adresse","Geburtstag","Geschlecht",'
    '"Jahrestag","Kategorien","Konto","Name Assistent","Notizen","Ort","Postfach privat",'
    '"Priorität","Privat","Vertraulichkeit","Webseite"\r\n'
    '"Dr.","Jörg","Müller","Kran GmbH","Einkäufer","Kai 3","Halle 2","Hamburg","HH","20457",'
    '"Deutschland","Gasse 1","Kiel","Insel 1","Sylt","Deutschland","+49 40 111","+49 40 222",'
    '"+49 40 333","+49 40 444","+49 431 5","+49 171 6","+49 40 777","+49 40 888","VIP",'
    '"Ingenieur","j@kran.example","SMTP","Jörg Müller","jm@kran.example","10.12.1985",'
    '"Keine Angabe","0.0.00","Hafen;See","","Mia","Zeile 1\nZeile 2","Büro 7","PF 12","Normal",'
    '"Aus","Normal","https://kran.example"\r\n'
)
FRENCH = (
    "Titre;Prénom;Nom;Société;Titre;Rue (bureau);Rue (bureau) 2;Ville (bureau);"
    "Dép/Région (bureau);Code postal (bureau);Pays/Région (bureau);Ville (autre);"
    "Téléphone (bureau);Téléphone 2 (bureau);Tél. mobile;Télécopie (domicile);"
    "Adresse de messagerie;Type de messagerie;Anniversaire;Conjoint(e);"
    "Nom de l'assistant(e);Passe-temps;Priorité;Sexe\r\n"
    "Mme;Ada;Byron;Machines SA;Ingénieure;1, rue Basse;Bât. B;Lyon;Rhône;69001;France;Nice;"
    "+33 4 11;+33 4 12;+33 6 13;+33 4 14;ada@machines.example;SMTP;10/12/1985;William;"
    "Mary;Voile;Normale;Non spécifié\r\n"
)
APPLE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 15.1//EN
N:Byron;Ada;King;Dr.;
FN:Dr. Ada King Byron
X-PHONETIC-FIRST-NAME:Eyda
X-MAIDENNAME:Gordon
ORG:Analytical Engines;Mills
EMAIL;type=INTERNET;type=WORK;type=pref:ada@engines.example
TEL;type=IPHONE;type=CELL;type=VOICE;type=pref:+44 7700 900105
TEL;type=HOME;type=FAX:+44 20 7946 0102
item1.ADR;type=HOME;type=pref:;;12 Dorset Street\\nFlat 2;London;;W1U 4EG;United Kingdom
item1.X-ABADR:gb
item2.URL;type=pref:https://engines.example
item2.X-ABLabel:_$!<HomePage>!$_
BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10
X-SOCIALPROFILE;type=linkedin;x-user=ada:http://www.linkedin.com/in/ada
IMPP;X-SERVICE-TYPE=Jabber;type=HOME:xmpp:ada@chat.example
item3.X-ABRELATEDNAMES;type=pref:Ralph
item3.X-ABLabel:_$!<Brother>!$_
PHOTO;ENCODING=b;TYPE=JPEG;X-ABCROP-RECTANGLE=ABClipRect_1&0&0&9&9&x==:/9j/4AAQ
 SkZJRg==
X-ABUID:4D9A:ABPerson
REV:2026-11-01T08:00:00Z
END:VCARD
"""
NEXTCLOUD = """BEGIN:VCARD
VERSION:4.0
PRODID:-//Nextcloud Contacts v6.0
UID:0d1f
FN:Ada Byron
N:Byron;Ada;;;
ADR;TYPE="HOME":;;12 Dorset Street;London;;W1U 4EG;UK
TEL;TYPE="HOME,CELL":tel:+447700900105
TEL;TYPE="WORK,VOICE":+44 20 7946 0101
EMAIL;TYPE=HOME:ada@engines.example
ORG:Analytical Engines
GENDER:F
LANG:en
TZ:Europe/London
X-SOCIALPROFILE;TYPE=MASTODON:@ada@social.example
X-MANAGERSNAME:Charles
RELATED;TYPE=contact:Mary
CATEGORIES:Friends,Sea\\, deep
BDAY;VALUE=DATE-AND-OR-TIME:18151210
REV;VALUE=DATE-AND-OR-TIME:20261101T080000Z
END:VCARD
"""


def in_table(text: bytes, language: str) -> tuple[ContactContent, tuple[str, ...]]:
    reading = whole(contacts_in(read_table(text), language))
    [item] = reading.items
    assert [each.snag for each in reading.troubles] in ([], [Snag.IN_NOTES])
    return item.content, reading.notes


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-16-le"])
def test_outlook_in_german(encoding: str) -> None:
    content, notes = in_table(GERMAN.encode(encoding), "de")
    assert (content.title, content.name, content.job) == ("Dr.", "Jörg Müller", "Einkäufer")
    assert (content.profession, content.assistant) == ("Ingenieur", "Mia")
    assert content.business_address == Address(
        street="Kai 3\nHalle 2",
        city="Hamburg",
        region="HH",
        postal_code="20457",
        country="Deutschland",
    )
    assert content.home_address == Address(street="Gasse 1\nPF 12", city="Kiel")
    assert content.other_address == Address(street="Insel 1", city="Sylt", country="Deutschland")
    kinds = {phone.number[-3:].strip(): phone.kind for phone in content.phones}
    assert kinds == {
        **dict.fromkeys(("333", "444", "888"), PhoneKind.BUSINESS),
        **{"222": PhoneKind.FAX, "777": PhoneKind.FAX, "1 5": PhoneKind.HOME},
        "1 6": PhoneKind.MOBILE,
    }
    assert content.emails == ("j@kran.example", "jm@kran.example")
    assert (content.birthday, content.anniversary) == (date(1985, 12, 10), None)
    assert content.notes.splitlines() == [
        *("Zeile 1", "Zeile 2", "Telefon Assistent: +49 40 111", "Benutzer 1: VIP", "Ort: Büro 7"),
    ]
    assert notes == (), "what Outlook fills in for everybody is not worth a word"


def test_outlook_in_french() -> None:
    content, notes = in_table(FRENCH.encode("cp1252"), "fr")
    assert (content.title, content.job) == ("Mme", "Ingénieure")
    assert content.business_address == Address(
        street="1, rue Basse\nBât. B",
        city="Lyon",
        region="Rhône",
        postal_code="69001",
        country="France",
    )
    assert content.other_address == Address(city="Nice")
    assert [phone.kind for phone in content.phones] == [
        *(PhoneKind.BUSINESS, PhoneKind.BUSINESS, PhoneKind.MOBILE, PhoneKind.FAX),
    ]
    assert (content.birthday, content.spouse) == (date(1985, 12, 10), "William")
    assert (content.assistant, content.notes, notes) == (
        "Mary",
        "Passe-temps: Voile",
        ("day_first",),
    )


def test_apples_address_book() -> None:
    [item] = read_vcards(APPLE.replace("\n", "\r\n").encode()).items
    ada = item.content
    assert (ada.name, ada.title, ada.middle_name) == ("Dr. Ada King Byron", "Dr.", "King")
    assert ada.phones == (
        Phone(PhoneKind.MOBILE, "+44 7700 900105"),
        Phone(PhoneKind.FAX, "+44 20 7946 0102"),
    )
    assert ada.home_address.street == "12 Dorset Street\nFlat 2"
    assert (ada.website, ada.birthday) == ("https://engines.example", date(1604, 12, 10))
    assert ada.links == ("http://www.linkedin.com/in/ada",)
    assert ada.chats == ("xmpp:ada@chat.example",) and item.photo.startswith(b"\xff\xd8")
    assert ada.notes.splitlines() == ["Brother: Ralph", "Maiden name: Gordon"]


def test_nextcloud() -> None:
    reading = read_vcards(NEXTCLOUD.encode())
    [item] = reading.items
    ada = item.content
    assert ada.phones == (
        Phone(PhoneKind.MOBILE, "+447700900105"),
        Phone(PhoneKind.BUSINESS, "+44 20 7946 0101"),
    )
    assert (ada.manager, ada.birthday, ada.tags) == (
        *("Charles", date(1815, 12, 10)),
        ("Friends", "Sea, deep"),
    )
    assert ada.notes.splitlines() == ["Mastodon: @ada@social.example", "Contact: Mary"]
    assert [(each.snag, each.skipped) for each in reading.troubles] == [(Snag.IN_NOTES, False)]


SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns='
    '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><r><t>Staff </t></r><r><t>list</t></r></is></c></row>'
    '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c>'
    '<c r="C3" t="inlineStr"><is><t>Birthday</t></is></c>'
    '<c r="D3" t="inlineStr"><is><t>Mobile</t></is></c>'
    '<c r="E3" t="inlineStr"><is><t>Company</t></is></c>'
    '<c r="F3" t="inlineStr"><is><t>Rate</t></is></c></row>'
    '<row r="4"><c r="A4" t="str"><f>B1&amp;"Ada"</f><v>Ada Byron</v></c>'
    '<c r="B4" t="s"><v>2</v></c><c r="C4"><v>31391</v></c><c r="D4"><v>4.520304050E9</v></c>'
    '<c r="E4" t="s"><v>3</v></c><c r="F4"><v>3.5</v></c></row>'
    '<row r="5"><c r="A5" t="inlineStr"><is><t>Ben</t></is></c>'
    '<c r="B5" t="e"><v>#N/A</v></c><c r="C5" t="d"><v>1985-12-11</v></c><c r="E5"/></row>'
    '</sheetData><mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells></worksheet>'
)
STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Name</t></si>'
    "<si><t>E-mail</t></si><si><t>ada@x.example / b@x.example</t></si>"
    '<si><r><t xml:space="preserve">Analytical </t></r><r><rPr><b/></rPr><t>Engines</t></r>'
    "<rPh sb='0' eb='1'><t>yomi</t></rPh></si></sst>"
)


def a_workbook() -> bytes:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns:r="{kinds}"><sheets><sheet name="x" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{kinds}/worksheet" '
            f'Target="worksheets/s.xml"/><Relationship Id="r2" Type="{kinds}/sharedStrings" '
            'Target="/xl/sharedStrings.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/s.xml", SHEET)
        archive.writestr("xl/sharedStrings.xml", STRINGS)
    return file.getvalue()


def test_a_workbook_of_many_hands() -> None:
    shape = ListShape(fields=(CustomField(FieldId("f1"), "Rate", FieldKind.NUMBER),))
    reading = whole(contacts_in(read_table(a_workbook()), "en", shape))
    ada, ben = reading.items
    assert (ada.row, ben.row) == (4, 5) and reading.notes == ("heading:3",)
    assert (ada.content.name, ada.content.company) == ("Ada Byron", "Analytical Engines")
    assert ada.content.birthday == date(1985, 12, 10), "a day that is shown as a number"
    assert ada.content.phones == (Phone(PhoneKind.MOBILE, "4520304050"),)
    assert ada.own == {"rate": "3.5"}
    assert (ben.content.emails, ben.content.birthday) == ((), date(1985, 12, 11))


def test_decimal_commas_between_semicolons() -> None:
    rows: list[Row] = list(read_table(b"Name;Satz;Notizen\r\nAda;3,5;1,2,3\r\n"))
    shape = ListShape(fields=(CustomField(FieldId("f1"), "Satz", FieldKind.NUMBER),))
    [item] = whole(contacts_in(rows, "de", shape)).items
    assert (item.own, item.content.notes) == ({"satz": "3,5"}, "1,2,3")


def a_book_of_sheets(*sheets: tuple[str, list[Row]]) -> bytes:
    book = Workbook()
    for number, (title, rows) in enumerate(sheets):
        sheet = book.active if not number else book.create_sheet()
        assert isinstance(sheet, Worksheet)
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


STAFF: list[Row] = [("Name", "E-mail"), ("Ada", "ada@x.example")]
SHAPE = ListShape()


def test_the_sheet_with_the_headings_is_read_and_the_others_are_told_of() -> None:
    data = a_book_of_sheets(("Read me", [("How to use this",), ("x",)]), ("Staff", STAFF))
    reading = whole(read_contacts(data, "en", SHAPE))
    assert [item.content.name for item in reading.items] == ["Ada"]
    assert reading.notes == ("sheet:Staff",)
    assert kind_of(data) is BookKind.CONTACTS
    alone = a_book_of_sheets(("Empty", []), ("Staff", STAFF), ("Empty too", []))
    assert whole(read_contacts(alone, "en", SHAPE)).notes == ()


def test_events_are_found_behind_another_sheet_too_and_what_fits_nothing_is_refused() -> None:
    shows: list[Row] = [("Title", "Start date"), ("Fair", date(2027, 1, 4))]
    data = a_book_of_sheets(("Cover", [("Season",)]), ("Shows", shows))
    reading = read_events(data, ZoneInfo("Europe/Berlin"), "en")
    assert [item.content.title for item in reading.items] == ["Fair"]
    assert reading.notes == ("sheet:Shows",) and kind_of(data) is BookKind.CALENDAR
    for cover, other in (([("x",)], [("y",)]), ([], [])):
        hollow = a_book_of_sheets(("a", [*cover]), ("b", [*other]))
        with pytest.raises(BadFile):
            whole(read_contacts(hollow, "en", SHAPE))
