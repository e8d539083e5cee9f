"""Meetings with others are shown here and changed in Outlook alone: nobody is ever mailed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sandbox.writing import attended_by
from tests._teams import FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import House, agenda_of, edited, line_of, removed, words
from tests.services.sync._scene import outlook_event


async def test_a_meeting_is_shown_and_cannot_be_changed_here(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    outlook = house.outlook()
    meeting = attended_by(outlook_event("Board"), ("Otto", "otto@elsewhere.example"))
    outlook.add(meeting, organizer=("Otto", "otto@elsewhere.example"))
    own = outlook.add(outlook_event("Jour fixe", "2026-11-21"))
    edited(house, own, attended_by(own.content, ("Ines", "ines@lindenhof.example")))
    outlook.mails.clear()
    await house.settle()

    for title, sentence in (
        ("Board", "Somebody else organises this."),
        ("Jour fixe", "This is a meeting with attendees. Please change it in Outlook."),
    ):
        agenda = await teams.message(mara, "agenda")
        details = await teams.click(mara, agenda.post, line_of(agenda.card, title))
        assert "It can be changed in Outlook only." in words(details.card)
        titles = {action.get("title") for action in buttons(details.card)}
        assert not titles & {"Edit", "Delete"}

        line = next(a for a in buttons(agenda.card) if title in a["title"])
        named = {"book": line["data"]["book"], "event": line["data"]["event"]}
        typed = {"title": "Mine", "start_date": "2026-11-20", "etag": "x", "form": "f"}
        typed |= {"start_time": "09:00", "end_time": "10:00"}
        for verb in ("event.delete_yes", "event.save"):
            answer = await teams.execute(mara, agenda.post, verb, typed | named)
            assert sentence in answer.text or sentence in words(answer.card)
    await house.settle()
    left = sorted(item.content.subject for item in house.events_in_outlook())
    assert left == ["Board", "Jour fixe"]
    assert outlook.mails == []


async def test_a_meeting_that_moves_in_outlook_moves_here(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    outlook = house.outlook()
    meeting = attended_by(outlook_event("Board"), ("Otto", "otto@elsewhere.example"))
    item = outlook.add(meeting, organizer=("Otto", "otto@elsewhere.example"))
    await house.settle()
    later = replace(
        item.content,
        start=item.content.start + timedelta(days=1),
        end=item.content.end + timedelta(days=1),
    )
    edited(house, item, later)
    await house.settle()
    assert "Board" in await agenda_of(teams, mara, "21 November")
    removed(house, item)
    await house.settle()
    assert "Nothing is planned." in await agenda_of(teams, mara, "21 November")
