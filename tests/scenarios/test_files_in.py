"""Events from files: sent, pasted, looked at, imported, and recognised when they come again."""

from __future__ import annotations

from tests._teams import FakeTeams, Someone
from tests._teams_cards import buttons, inputs
from tests._teams_files import attached
from tests.scenarios._house import House, agenda_of, an_event, words

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Google Inc//Google Calendar 70.9054//EN\r
X-WR-CALNAME:Harbour\r
BEGIN:VEVENT\r
UID:{uid}@google.com\r
DTSTART:20261120T110000Z\r
DTEND:20261120T120000Z\r
SUMMARY:{title}\r
END:VEVENT\r
END:VCALENDAR\r
"""


def a_calendar(title: str, uid: str = "1") -> bytes:
    return CALENDAR.format(title=title, uid=uid).encode()


async def test_a_file_is_looked_at_and_then_imported(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.send_file(mara, "team.ics", a_calendar("Stage rehearsal"))
    assert "Import into Your calendar?" in words(heard.card)
    assert "Stage rehearsal" in words(heard.card)
    assert "Stage rehearsal" not in await agenda_of(teams, mara), "nothing is written yet"
    done = await teams.click(mara, heard.post, "Import")
    assert "New\n1" in words(done.card)
    assert "Stage rehearsal" in await agenda_of(teams, mara)


async def test_what_was_imported_before_is_updated_not_doubled(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.send_file(mara, "team.ics", a_calendar("Stage rehearsal"))
    await teams.click(mara, heard.post, "Import")
    again = await teams.send_file(mara, "team.ics", a_calendar("Stage rehearsal"))
    assert "There is nothing to import." in words(again.card)
    newer = await teams.send_file(mara, "team.ics", a_calendar("Dress rehearsal"))
    assert "To update\n1" in words(newer.card)
    await teams.click(mara, newer.post, "Import")
    agenda = await agenda_of(teams, mara)
    assert "Dress rehearsal" in agenda and "Stage rehearsal" not in agenda


async def test_a_pasted_calendar_is_as_good_as_a_file(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    heard = await teams.message(ines, a_calendar("Stage rehearsal").decode(), channel)
    await teams.click(ines, heard.post, "Import")
    assert "Stage rehearsal" in words((await teams.message(mara, "agenda", channel)).card)


async def test_a_file_of_the_personal_chat_goes_into_the_calendar_of_a_channel(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    await teams.message(mara, "agenda", channel)
    heard = await teams.send_file(mara, "team.ics", a_calendar("Stage rehearsal"))
    book = next(
        choice["value"]
        for item in inputs(heard.card)
        for choice in item["choices"]
        if "General" in choice["title"]
    )
    chosen = await teams.click(mara, heard.post, "Choose this one", {"into": book})
    assert "Import into Harbour · General?" in words(chosen.card)
    await teams.click(mara, heard.post, "Import")
    assert "Stage rehearsal" in words((await teams.message(ines, "agenda", channel)).card)
    assert "Stage rehearsal" not in await agenda_of(teams, mara)


async def test_a_confirmation_that_comes_three_times_imports_once(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.send_file(mara, "team.ics", a_calendar("Stage rehearsal"))
    done = await teams.click(mara, heard.post, "Import", times=3)
    assert "New\n1" in words(done.card)


async def test_a_file_that_is_cancelled_is_gone(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.send_file(mara, "team.ics", a_calendar("Stage rehearsal"))
    button = next(a for a in buttons(heard.card) if a["title"] == "Import")
    await teams.click(mara, heard.post, "Cancel")
    late = await teams.execute(mara, heard.post, button["verb"], button["data"])
    assert "no longer here" in late.text


async def test_of_several_files_each_has_its_answer(teams: FakeTeams, mara: Someone) -> None:
    sent = [
        ("a.ics", a_calendar("Stage rehearsal")),
        ("b.pdf", b"%PDF-1.7"),
        ("c.ics", a_calendar("Dress rehearsal")),
    ]
    place = f"{teams.origin}/drive/sent"
    files = [attached(name, f"{place}/{teams.drive.put(data)}") for name, data in sent]
    heard = await teams.message(mara, "", attachments=files)
    first, bad, last = heard.posts
    assert "Stage rehearsal" in words(first.card)
    assert bad.text.startswith("b.pdf: ")
    done = await teams.click(mara, last, "Import")
    assert "New\n1" in words(done.card)


async def test_nobody_imports_the_file_of_another(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    heard = await teams.message(ines, a_calendar("Stage rehearsal").decode(), channel)
    for button in ("Import", "Cancel"):
        answer = await teams.click(mara, heard.post, button)
        assert "Somebody else has sent this file" in answer.text
    done = await teams.click(ines, heard.post, "Import")
    assert "New\n1" in words(done.card)


async def test_a_large_file_is_imported_in_the_background(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    many = b"".join(a_calendar(f"Rehearsal {n}", str(n)) for n in range(600))
    heard = await teams.send_file(mara, "season.ics", many)
    begun = await teams.click(mara, heard.post, "Import")
    assert "The import has begun" in words(begun.card)
    await house.settle()
    told = words(teams.connector.posts[-1].card)
    assert "Imported into" in told and "New\n600" in told


async def test_a_table_shows_its_problems_row_by_row(teams: FakeTeams, mara: Someone) -> None:
    table = (
        "Subject;Start Date;Start Time;End Time\r\n"
        "Stage rehearsal;20.11.2026;12:00;13:00\r\n"
        ";20.11.2026;12:00;13:00\r\n"
        "Fitting;31.02.2027;9:00;10:00\r\n"
        "Photo;21.11.2026;25:00;26:00\r\n"
    )
    heard = await teams.send_file(mara, "plan.csv", table.encode("cp1252"))
    told = words(heard.card)
    assert "Row 3 has no title." in told
    assert "Row 4 “Fitting” has a date that is none." in told
    assert "Row 5 “Photo” has a time that is none." in told
    assert "Left out\n3" in told and "New\n1" in told
    await teams.click(mara, heard.post, "Import")
    assert "12:00" in await agenda_of(teams, mara)


async def test_the_template_comes_as_a_file_and_goes_back_in(
    teams: FakeTeams, mara: Someone
) -> None:
    for kind in ("", " csv"):
        offer = await teams.message(mara, f"import template{kind}")
        accepted = await teams.decide_file(mara, offer.post)
        assert accepted.status == 200 and accepted.posts[0].activity["attachments"]
        template = teams.drive.uploaded[offer.post.id]
        heard = await teams.send_file(mara, "filled.in", template)
        assert "Team lunch" in words(heard.card) and "New\n2" in words(heard.card)


async def test_a_declined_file_is_not_kept(teams: FakeTeams, mara: Someone) -> None:
    offer = await teams.message(mara, "import template")
    declined = await teams.decide_file(mara, offer.post, "decline")
    assert declined.posts[0].text == "Nothing was saved."
    late = await teams.decide_file(mara, offer.post)
    assert "no longer here" in late.posts[0].text


async def test_outside_of_the_personal_chat_a_file_comes_by_a_link(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    heard = await teams.message(mara, "import template csv", channel)
    [button] = buttons(heard.card)
    async with house.browser.get(button["url"]) as page:
        assert "Download" in await page.text()
    async with house.browser.post(button["url"]) as answer:
        assert answer.headers["Content-Disposition"].endswith('.csv"')
        assert "Start date" in await answer.text()
    house.clock.advance(25 * 3600)
    async with house.browser.post(button["url"]) as answer:
        assert answer.status == 404


async def test_import_tells_how_to_send_a_file(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    assert "Send me a file here" in words((await teams.message(mara, "import")).card)
    channel = teams.channel("General", [mara, ines])
    assert "our own chat" in words((await teams.message(mara, "import", channel)).card)


async def test_an_event_of_ones_own_that_comes_home_is_known(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "lunch friday 12:30")
    heard = await teams.send_file(mara, "x.ics", a_calendar("Stage rehearsal"))
    assert "New\n1" in words(heard.card)


async def test_a_file_that_is_none_of_ours_gets_a_sentence(teams: FakeTeams, mara: Someone) -> None:
    for name, data, told in (
        ("x.ics", b"", "nothing in this file"),
        ("x.mp3", b"ID3\x04\0\0\0\0\0\0", "no file that can be imported"),
        ("x.png", b"\x89PNG\r\n\x1a\n\0\0\0", "no picture that can be read"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1", "send a PNG, JPEG, GIF or WebP"),
        ("x.csv", b"a,b\r\n1,2\r\n", "Start date of events; a name, an e-mail or a company of"),
        ("x.csv", b"Title,b\r\n1,2\r\n", "Title and Start date are needed"),
        ("x.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "nothing in this file"),
    ):
        heard = await teams.send_file(mara, name, data)
        assert told in heard.text, (name, heard.text)


async def test_fifty_megabytes_are_not_taken(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.send_file(mara, "x.ics", b"BEGIN:VCALENDAR\r\n" + b"\0" * 50_000_000)
    assert "too large: 16 MB" in heard.text


async def test_a_title_of_a_file_is_no_markdown_and_no_mention(
    teams: FakeTeams, mara: Someone
) -> None:
    hostile = "[click](https://evil.example) <at>Ines</at> \u202egnp.exe"
    heard = await teams.send_file(mara, "**x**.ics", a_calendar(hostile))
    shown = str(heard.card)
    assert "\u202e" not in shown and "'type': 'TextBlock', 'text': '[" not in shown
    done = await teams.click(mara, heard.post, "Import")
    assert "New\n1" in words(done.card)
    assert "\u202e" not in await agenda_of(teams, mara)


async def test_a_file_lies_where_teams_says_and_nowhere_else(
    teams: FakeTeams, mara: Someone
) -> None:
    for url in ("http://169.254.169.254/metadata", "https://127.0.0.1/x", "https://10.0.0.1/x"):
        heard = await teams.send_file(mara, "x.ics", b"", url=url)
        assert "could not be fetched" in heard.text
