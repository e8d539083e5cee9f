"""Contacts from files: sent, pasted, looked at, merged with what is there, and known again."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64encode

from PIL import Image

from services.formats.tables import csv_file
from tests._teams import FakeTeams, Someone
from tests._teams_cards import buttons, inputs
from tests.scenarios._house import House, a_contact, typed_in, words

ADA = """BEGIN:VCARD\r
VERSION:3.0\r
UID:ada@phone.example\r
N:Byron;Ada;;Dr.;\r
FN:Ada Byron\r
ORG:Analytical Engines;Mills\r
TITLE:{job}\r
EMAIL;TYPE=INTERNET,WORK:ada@engines.example\r
TEL;TYPE=CELL,VOICE:+44 7700 900105\r
END:VCARD\r
"""
GOOGLE = """First Name,Last Name,Labels,Organization Name,E-mail 1 - Label,E-mail 1 - Value\r
Ada,Byron,* myContacts,Analytical Engines,* Work,ada@engines.example\r
Robin,Miller,* myContacts,Crane,* Work,robin@crane.example\r
"""
OUTLOOK = """First Name;Last Name;Title;Company;Job Title;E-mail Address;Mobile Phone;Birthday\r
Ada;Byron;Dr;Analytical Engines;Engineer;ada@engines.example;+44 7700 900105;10/12/1985\r
;;;;;;;\r
;;;;;not an address;;\r
Eve;Stone;;;;eve@;12;31/31/1990\r
"""


async def test_vcards_are_looked_at_imported_and_known_again(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.send_file(mara, "ada.vcf", ADA.format(job="Engineer").encode())
    assert "Import into Your contacts?" in words(heard.card)
    none = await teams.message(mara, "contacts ada")
    assert "No contact was found." in words(none.card), "nothing is written yet"
    done = await teams.click(mara, heard.post, "Import")
    assert "New\n1" in words(done.card)
    shown = words((await teams.message(mara, "contacts ada")).card)
    assert "Engineer" in shown and "+44 7700 900105" in shown

    again = await teams.send_file(mara, "ada.vcf", ADA.format(job="Engineer").encode())
    assert "There is nothing to import." in words(again.card)
    newer = await teams.send_file(mara, "ada.vcf", ADA.format(job="Countess").encode())
    assert "To update\n1" in words(newer.card)
    await teams.click(mara, newer.post, "Import")
    assert "Countess" in words((await teams.message(mara, "contacts ada")).card)


async def test_a_pasted_vcard_goes_into_the_list_of_a_channel(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    heard = await teams.message(ines, ADA.format(job="Engineer"), channel)
    assert "Import into Harbour · General?" in words(heard.card)
    await teams.click(ines, heard.post, "Import")
    found = await teams.message(mara, "contacts ada", channel)
    assert "ada@engines.example" in words(found.card)


async def test_what_is_likely_there_is_merged_left_out_or_added_as_somebody_chooses(
    teams: FakeTeams, mara: Someone
) -> None:
    await a_contact(teams, mara, {"name": "Byron, Ada", "email": "ADA@engines.example"})
    heard = await teams.send_file(mara, "google.csv", GOOGLE.encode())
    told = words(heard.card)
    assert "One is likely here already:" in told
    assert "Row 2 “Ada Byron” looks like “Byron, Ada”." in told
    assert "New\n1" in told and "To update\n1" in told

    skipped = await teams.click(mara, heard.post, "Look again", {"doubles": "skip"})
    assert "Left out\n1" in words(skipped.card) and "To update" not in words(skipped.card)
    added = await teams.click(mara, heard.post, "Look again", {"doubles": "add"})
    assert "New\n2" in words(added.card)
    await teams.click(mara, heard.post, "Look again", {"doubles": "merge"})
    done = await teams.click(mara, heard.post, "Import", {"doubles": "merge"})
    assert "New\n1" in words(done.card) and "Updated\n1" in words(done.card)
    shown = words((await teams.message(mara, "contacts ada")).card)
    assert "Byron, Ada" in shown and "Analytical Engines" in shown, "what is there stays"


async def test_each_double_is_dealt_with_in_its_own_way_page_by_page(
    teams: FakeTeams, mara: Someone
) -> None:
    names = [f"Robin {letter * 5}son" for letter in "abcdefghij"]
    rows = [(name, f"{name[6:]}@crane.example", "") for name in names]
    there = await teams.send_file(mara, "all.csv", csv_file([("Name", "E-mail", "Job"), *rows]))
    await teams.click(mara, there.post, "Import")
    again = [(name.upper() + " Jr", mail, "Buyer") for name, mail, _ in rows]
    heard = await teams.send_file(mara, "new.csv", csv_file([("Name", "E-mail", "Job"), *again]))
    assert "To update\n10" in words(heard.card)

    page = await teams.click(mara, heard.post, "Choose one by one", {"doubles": "skip"})
    assert "1 to 8 of 10" in words(page.card)
    page = await teams.click(mara, heard.post, "Next", {"doubles_2": "merge", "doubles_3": "add"})
    assert "9 to 10 of 10" in words(page.card)
    page = await teams.click(mara, heard.post, "Back", {"doubles_11": "add"})
    chosen = {each["id"]: each["value"] for each in inputs(page.card)}
    assert chosen["doubles_2"] == "merge" and chosen["doubles_4"] == "skip"
    look = await teams.click(mara, heard.post, "Look again")
    told = words(look.card)
    assert "New\n2" in told and "To update\n1" in told and "Left out\n7" in told
    assert "Keep both" in told
    done = await teams.click(mara, heard.post, "Import", {"doubles": "skip"})
    assert "New\n2" in words(done.card) and "Left out\n7" in words(done.card)


async def test_a_table_of_contacts_shows_its_problems_row_by_row(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.send_file(mara, "outlook.csv", OUTLOOK.encode("cp1252"))
    told = words(heard.card)
    assert "New\n3" in told and "Ada Byron" in told
    assert "Row 5 “Eve Stone” has an e-mail address that is none; it is left out." in told
    assert "Row 5 “Eve Stone” has a date that is none." in told


async def test_the_template_for_contacts_comes_as_a_file_and_goes_back_in(
    teams: FakeTeams, mara: Someone
) -> None:
    helped = await teams.message(mara, "import contacts")
    assert ".vcf" in words(helped.card)
    assert {each["title"] for each in buttons(helped.card)} >= {"Template for Excel"}
    for kind in ("", " csv"):
        offer = await teams.message(mara, f"import contacts template{kind}")
        await teams.decide_file(mara, offer.post)
        heard = await teams.send_file(mara, "filled.in", teams.drive.uploaded[offer.post.id])
        assert "Ada Byron" in words(heard.card) and "New\n2" in words(heard.card)


async def test_a_large_list_is_imported_in_the_background(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    long = "They like music. " * 30
    rows = [("Name", "E-mail", "Notes")]
    rows += [(f"Robin {n:03}", f"r{n}@crane.example", long) for n in range(250)]
    slow = await teams.send_file(mara, "all.csv", csv_file(rows))
    assert "New\n250" in words(slow.card)
    begun = await teams.click(mara, slow.post, "Import")
    assert "The import has begun" in words(begun.card)
    posts, edits = len(teams.connector.posts), slow.post.edits
    await house.settle()
    assert len(teams.connector.posts) == posts, "the message that said so says it is done"
    assert slow.post.edits == edits + 2, "and before, how far it is"
    told = words(slow.post.card)
    assert "Imported into" in told and "New\n250" in told


async def test_a_list_goes_out_in_three_ways_and_comes_home_without_doubles(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.send_file(mara, "ada.vcf", ADA.format(job="=1+1").encode())
    await teams.click(mara, heard.post, "Import")
    choice = await teams.message(mara, "export contacts")
    assert {"Excel", "vCard"} <= {each["title"] for each in buttons(choice.card)}
    for kind in ("excel", "vcard", "csv"):
        offer = await teams.message(mara, f"export contacts as {kind}")
        await teams.decide_file(mara, offer.post)
        data = teams.drive.uploaded[offer.post.id]
        assert kind != "csv" or b"'=1+1" in data, "no cell is a formula"
        home = await teams.send_file(mara, "home.x", data)
        assert "There is nothing to import." in words(home.card), kind
        assert "Unchanged\n1" in words(home.card), kind


async def test_pictures_and_groups_come_along_and_go_out_again(
    teams: FakeTeams, mara: Someone
) -> None:
    photo = f"PHOTO;ENCODING=b;TYPE=PNG:{b64encode(a_png()).decode()}\r\nX-GROUP:Sea\r\nEND:VCARD"
    card = ADA.format(job="Engineer").replace("END:VCARD", photo)
    bad = card.replace("ada@phone", "eve@phone").replace("Ada Byron", "Eve Stone")
    bad = bad.replace("ada@eng", "eve@eng").replace("900105", "900109")
    bad = re.sub("TYPE=PNG:.*", f"TYPE=PNG:{b64encode(b'no picture').decode()}", bad)
    heard = await teams.send_file(mara, "ada.vcf", (card + bad).encode())
    told = words(heard.card)
    assert "Row 2 “Eve Stone” has a picture that is none" in told and "New\n2" in told
    await teams.click(mara, heard.post, "Import")
    shown = await teams.message(mara, "contacts 900105")
    assert "/photos/" in str(shown.card)
    alone = await teams.click(mara, shown.post, "vCard")
    [offered] = alone.posts
    await teams.decide_file(mara, offered)
    assert b"PHOTO:data:image/png;base64," in teams.drive.uploaded[offered.id]
    choice = await teams.message(mara, "export contacts")
    assert "Sea" in str(choice.card), "a group of the file is one of the list"
    offer = await teams.message(mara, "export contacts as vcard")
    await teams.decide_file(mara, offer.post)
    data = teams.drive.uploaded[offer.post.id]
    assert b"PHOTO:data:image/png;base64," in data
    home = await teams.send_file(mara, "home.vcf", data)
    assert "There is nothing to import." in words(home.card)


def a_png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), (10, 90, 160)).save(file, "PNG")
    return file.getvalue()


async def test_one_group_or_what_a_search_finds_goes_out(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    people = "Name;Groups\r\nAda Byron;Sea\r\nBen Stone;Land\r\nAda Miller;Land\r\n"
    await teams.message(mara, "contacts", channel)
    heard = await teams.send_file(mara, "people.csv", people.encode())
    await teams.click(mara, heard.post, "Import")
    for asked, names in (("group:sea", {"Ada Byron"}), ("ada", {"Ada Byron", "Ada Miller"})):
        offer = await teams.message(mara, f"export contacts {asked} as vcard")
        await teams.decide_file(mara, offer.post)
        text = teams.drive.uploaded[offer.post.id].decode()
        assert {line[3:] for line in text.splitlines() if line.startswith("FN:")} == names
    nobody = await teams.message(mara, "export contacts group:sky as vcard")
    assert nobody.text == "No contact was found."
    link = await teams.message(mara, "export contacts as csv", channel)
    [button] = buttons(link.card)
    async with house.browser.post(button["url"]) as answer:
        assert answer.headers["Content-Disposition"].endswith('.csv"')


async def test_duplicates_are_shown_merged_field_by_field_and_parted_again(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await a_contact(
        teams, mara, {"name": "Ada Byron", "company": "Engines", "email": "ada@x.example"}
    )
    house.clock.advance(60)
    await a_contact(
        teams, mara, {"name": "Ada Byrom", "company": "Mills", "email": "ADA@x.example"}
    )
    listed = await teams.message(mara, "duplicates")
    assert "One pair is likely the same." in words(listed.card)
    looked = await teams.click(mara, listed.post, "Ada Byron / Ada Byrom")
    assert "Are these the same?" in words(looked.card)
    merged = await teams.click(mara, listed.post, "Merge", {"take_company": "other"})
    assert "Merged into “Ada Byron”" in words(merged.card)
    found = await teams.message(mara, "contacts ada")
    assert "Mills" in words(found.card) and "Ada Byron" in words(found.card)

    undone = await teams.click(mara, listed.post, "Undo")
    assert "They are two again." in words(undone.card)
    assert "2 contacts" in words((await teams.message(mara, "contacts ada")).card)
    again = await teams.click(mara, listed.post, "Back")
    assert "One pair is likely the same." in words(again.card)
    await teams.click(mara, listed.post, "Ada Byron / Ada Byrom")
    apart = await teams.click(mara, listed.post, "Not the same")
    assert "Nobody is here twice" in words(apart.card)
    assert "Nobody is here twice" in words((await teams.message(mara, "duplicates")).card)


async def test_three_that_became_one_are_parted_again_one_by_one(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    for company in ("Engines", "Mills", "Looms"):
        await a_contact(teams, mara, {"name": "Ada Byron", "company": company, "email": "a@x.be"})
        house.clock.advance(60)
    undone = []
    listed = await teams.message(mara, "duplicates")
    for _ in range(2):
        await teams.click(mara, listed.post, "Ada Byron / Ada Byron")
        merged = await teams.click(mara, listed.post, "Merge", {"take_company": "other"})
        undone.append(next(each for each in buttons(merged.card) if each["title"] == "Undo"))
        shown = await teams.click(mara, listed.post, "Next")
    assert "Nobody is here twice" in words(shown.card)
    first, last = undone
    early = await teams.execute(mara, listed.post, first["verb"], first["data"])
    assert "Somebody else has just changed this." in str(early), "another merge stands on it"
    for each in (last, first):
        parted = await teams.execute(mara, listed.post, each["verb"], each["data"])
        assert "They are two again." in str(parted)
    told = words((await teams.message(mara, "contacts ada")).card)
    assert "3 contacts" in told and "Engines" in told and "Mills" in told and "Looms" in told


async def test_a_merge_of_what_somebody_has_changed_does_nothing(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    first = await a_contact(teams, mara, {"name": "Ada Byron", "email": "ada@x.example"})
    house.clock.advance(60)
    await a_contact(teams, mara, {"name": "A. Byron", "email": "ada@x.example"})
    listed = await teams.message(mara, "duplicates")
    looked = await teams.click(mara, listed.post, "Ada Byron / A. Byron")
    merge = next(each for each in buttons(looked.card) if each["title"] == "Merge")
    await teams.click(mara, first, "Edit")
    await teams.click(mara, first, "Save", {"job": "Countess"})
    late = await teams.execute(mara, listed.post, merge["verb"], merge["data"])
    assert "Somebody else has just changed this." in str(late)
    assert "2 contacts" in words((await teams.message(mara, "contacts byron")).card)


async def test_whoever_a_message_is_about_is_saved_as_a_contact(
    teams: FakeTeams, mara: Someone
) -> None:
    said = (
        "Hi!<br>Best regards,<br>Ada Byron<br>Head of Engineering | Analytical Engines Ltd<br>"
        "T: +44 20 7946 0101 &nbsp; ada.byron@engines.example"
    )
    opened = await teams.action_fetch(mara, "saveContact", message=said, sender="Ines Holm")
    assert opened.dialog
    typed = typed_in(opened.dialog.card)
    assert typed["name"] == "Ada Byron" and typed["company"] == "Analytical Engines Ltd"
    assert typed["job"] == "Head of Engineering"
    assert typed["email"] == "ada.byron@engines.example"
    inserted = await teams.submit_dialog(mara, opened.dialog, "Create")
    assert "Ada Byron" in inserted.rows[0].title
    assert "+44 20 7946 0101" in words((await teams.message(mara, "contacts ada")).card)

    card = ADA.format(job="Engineer").replace("\r\n", "<br/>")
    pasted = await teams.action_fetch(mara, "saveContact", message=card)
    assert pasted.dialog and typed_in(pasted.dialog.card)["job"] == "Engineer"
    nobody = await teams.action_fetch(mara, "saveContact", message="lunch?", sender="Ines Holm")
    assert nobody.dialog and typed_in(nobody.dialog.card)["name"] == "Ines Holm"


BIRTHDAYS = """Name;Birthday;Anniversary\r
Ada Byron;1985-12-01;\r
Leap Lee;--02-29;\r
Crane Ltd;;2011-11-25\r
"""


async def test_birthdays_and_anniversaries_are_a_calendar_that_nobody_keeps(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.send_file(mara, "people.csv", BIRTHDAYS.encode())
    await teams.click(mara, heard.post, "Import")
    shown = await teams.message(mara, "birthdays")
    told = words(shown.card)
    assert "Ada Byron" in told and "Birthday · 41 years" in told
    assert "Anniversary · 15 years" in told and "Leap Lee" not in told
    assert "Ada Byron" not in words((await teams.message(mara, "agenda december")).card)

    await teams.click(mara, shown.post, "Show in the calendar")
    agenda = words((await teams.message(mara, "agenda 25 november to 2 december")).card)
    assert "Ada Byron (41)" in agenda and "Crane Ltd (15)" in agenda
    assert "Leap Lee" in words((await teams.message(mara, "agenda 28 february 2027")).card)
    assert "Leap Lee" in words((await teams.message(mara, "agenda 29 february 2028")).card)
    assert "Leap Lee" not in words((await teams.message(mara, "agenda 28 february 2028")).card)
    assert "Ada Byron (41)" in str((await teams.message(mara, "month december")).card)

    renamed = await teams.message(mara, "contacts ada")
    await teams.click(mara, renamed.post, "Edit")
    await teams.click(mara, renamed.post, "Save", {"name": "Ada Lovelace"})
    again = words((await teams.message(mara, "agenda 1 december")).card)
    assert "Ada Lovelace (41)" in again and "Ada Byron" not in again

    await teams.click(mara, shown.post, "Calendar file (.ics)")
    offer = teams.connector.posts[-1]
    await teams.decide_file(mara, offer)
    ics = teams.drive.uploaded[offer.id].decode()
    assert ics.count("BEGIN:VEVENT") == 3 and "BYMONTHDAY=-1" in ics
    off = await teams.click(mara, shown.post, "Take them out of the calendar")
    assert "do not show them" in words(off.card)
    assert "Ada Lovelace" not in words((await teams.message(mara, "agenda 1 december")).card)


async def test_files_that_mean_no_good_get_a_sentence_and_change_nothing(
    teams: FakeTeams, mara: Someone
) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    for name, data, told in (
        ("huge.csv", b"Name,E-mail\r\n" + b"x" * 50_000_000, "too large: 16 MB"),
        ("bomb.xlsx", bomb.getvalue(), "holds more than can be read"),
        ("nested.vcf", b"BEGIN:VCARD\r\n" * 100, "holds more than can be read"),
        ("endless.vcf", b"BEGIN:VCARD\r\nFN:" + b"a" * 5_000_000, "holds more than can be read"),
        ("empty.vcf", b"BEGIN:VCARD\r\nEND:VCARD\r\n" * 0, "nothing in this file"),
        ("wide.csv", b"Name" + b",E-mail" * 500 + b"\r\nAda\r\n", "holds more than can be read"),
    ):
        heard = await teams.send_file(mara, name, data)
        assert told in heard.text, (name, heard.text)
    formula = 'Name,Notes\r\n"=HYPERLINK(""https://evil.example"")",[x](https://evil.example)\r\n'
    heard = await teams.send_file(mara, "formula.csv", formula.encode())
    assert "New\n1" in words(heard.card), "a formula is a name like any other"
    assert "'text': '[x](" not in str(heard.card)
    none = await teams.message(mara, "contacts ada")
    assert "No contact was found." in words(none.card)


async def test_what_has_no_field_is_told_and_fields_of_the_list_go_out_and_come_home(
    teams: FakeTeams, mara: Someone
) -> None:
    form = await teams.message(mara, "fields")
    fields = {"field_name_0": "Customer since", "field_kind_0": "date", "field_name_1": "Level"}
    await teams.click(mara, form.post, "Save", fields | {"field_kind_1": "text"})
    table = (
        "Staff list 2026;;;;\r\n;;;;\r\n"
        "Name;Mobile;Customer since;Level;Shoe size\r\n"
        "Ada Byron;+45 20 30 40 50 / +45 30 40 50 60;31.05.2020;Gold;38\r\n"
    )
    heard = await teams.send_file(mara, "staff.csv", table.encode("utf-16-le"))
    told = words(heard.card)
    assert "New\n1" in told and "The headings are taken from row 3" in told
    assert "These columns are not read: Shoe size." in told
    await teams.click(mara, heard.post, "Import")
    found = words((await teams.message(mara, "contacts ada")).card)
    assert "+45 20 30 40 50" in found and "+45 30 40 50 60" in found

    offer = await teams.message(mara, "export contacts as vcard")
    await teams.decide_file(mara, offer.post)
    data = teams.drive.uploaded[offer.post.id]
    assert b"X-ABDATE:2020-05-31" in data and b"X-ABLabel:Customer since" in data
    homes = "".join(f"ADR;TYPE=HOME:;;Road {n};Aarhus;;8000;\r\n" for n in (1, 2, 3))
    more = data.decode().replace("END:VCARD", f"{homes}END:VCARD")
    again = await teams.send_file(mara, "again.vcf", more.replace(":Gold", ":Silver").encode())
    sentence = "Row 1 “Ada Byron” says more than its fields can hold; the rest is in its notes."
    assert sentence in words(again.card) and "To update\n1" in words(again.card)
    await teams.click(mara, again.post, "Import")
    found = words((await teams.message(mara, "contacts ada")).card)
    assert "Silver" in found and "Home address: Road 3, 8000 Aarhus" in found
