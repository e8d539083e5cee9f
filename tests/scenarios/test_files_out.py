"""A calendar and its events as files: for a spreadsheet, another program, Outlook, and back."""

from __future__ import annotations

import io

from icalendar import Calendar
from openpyxl import load_workbook

from tests._teams import FakeTeams, Posted, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import House, agenda_of, an_event, words


async def taken(teams: FakeTeams, who: Someone, post: Posted) -> bytes:
    await teams.decide_file(who, post)
    return teams.drive.uploaded[post.id]


async def test_a_calendar_is_exported_and_comes_back_without_doubles(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30 every week")
    for kind in ("ics", "excel", "csv"):
        offer = await teams.message(mara, f"export {kind}")
        data = await taken(teams, mara, offer.post)
        heard = await teams.send_file(mara, "home.x", data)
        assert "There is nothing to import." in words(heard.card), kind
        assert "Unchanged\n1" in words(heard.card), kind


async def test_an_export_holds_what_the_calendar_holds(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30")
    ics = await taken(teams, mara, (await teams.message(mara, "export ics")).post)
    assert [str(e["SUMMARY"]) for e in Calendar.from_ical(ics).walk("VEVENT")] == [
        "lunch with Ines"
    ]
    xlsx = await taken(teams, mara, (await teams.message(mara, "export as excel")).post)
    rows = list(load_workbook(io.BytesIO(xlsx)).active.values)
    assert rows[0][0] == "Title" and rows[1][0] == "lunch with Ines"


async def test_export_alone_offers_what_there_is(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30")
    heard = await teams.message(mara, "export")
    for title, beginning in (
        ("Excel", b"PK"),
        ("Calendar file (.ics)", b"BEGIN:VCALENDAR"),
        ("This month as a page", b"%PDF"),
        ("This week as a page", b"%PDF"),
        ("Plain table (.csv)", b"\xef\xbb\xbfTitle"),
    ):
        pressed = await teams.click(mara, heard.post, title)
        assert (await taken(teams, mara, pressed.posts[0])).startswith(beginning), title
    shown = await teams.click(mara, heard.post, "Follow it elsewhere")
    assert "Make an address" in {a["title"] for a in buttons(shown.card)}


async def test_a_title_that_looks_like_a_formula_is_none_in_a_spreadsheet(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "new event")
    typed = {"title": "=HYPERLINK(1)", "start_date": "2026-11-20", "start_time": "12:00"}
    await teams.click(mara, heard.post, "Create", typed | {"end_time": "13:00"})
    csv = await taken(teams, mara, (await teams.message(mara, "export csv")).post)
    assert b"'=HYPERLINK(1)" in csv
    xlsx = await taken(teams, mara, (await teams.message(mara, "export excel")).post)
    cell = load_workbook(io.BytesIO(xlsx)).active["A2"]
    assert cell.value == "=HYPERLINK(1)" and cell.data_type == "s"
    again = await teams.send_file(mara, "x.csv", csv)
    assert "Unchanged\n1" in words(again.card)


async def test_one_event_is_taken_into_outlook(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "lunch with Ines friday 12:30")
    pressed = await teams.click(mara, post, "Add to Outlook")
    [offer] = pressed.posts
    [event] = Calendar.from_ical(await taken(teams, mara, offer)).walk("VEVENT")
    assert str(event["SUMMARY"]) == "lunch with Ines"


async def test_in_a_channel_an_event_is_taken_by_a_link(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    post = await an_event(teams, mara, "lunch friday 12:30", channel)
    pressed = await teams.click(ines, post, "Add to Outlook")
    [button] = buttons(pressed.posts[0].card)
    async with house.browser.post(button["url"]) as answer:
        assert answer.content_type == "text/calendar"
        assert "SUMMARY:lunch" in await answer.text()


async def test_what_somebody_keeps_private_is_only_time_to_others(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    await teams.message(mara, "agenda", channel)
    data = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261120T110000Z\nCLASS:PRIVATE\n"
        "SUMMARY:Doctor\nDESCRIPTION:knee\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    heard = await teams.message(mara, data, channel)
    await teams.click(mara, heard.post, "Import")
    for asker in (mara, ines):  # whoever reads the message may press
        linked = await _text(teams, (await teams.message(asker, "export ics", channel)).card)
        assert "SUMMARY:Busy" in linked and "Doctor" not in linked and "knee" not in linked
    own = await taken(teams, mara, (await teams.message(mara, "export General as ics")).post)
    assert b"Doctor" in own and b"knee" in own


async def _text(teams: FakeTeams, card: dict[str, object]) -> str:
    [button] = buttons(card)
    assert teams._session
    async with teams._session.post(button["url"]) as answer:
        return await answer.text()


async def test_a_full_onedrive_loses_nothing(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "lunch friday 12:30")
    offer = await teams.message(mara, "export ics")
    teams.drive.is_full = True
    refused = await teams.decide_file(mara, offer.post)
    assert "did not take the file" in refused.posts[0].text
    teams.drive.is_full = False
    assert b"lunch" in await taken(teams, mara, offer.post)
    assert "lunch" in await agenda_of(teams, mara)
