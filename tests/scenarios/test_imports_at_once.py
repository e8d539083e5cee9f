"""An import that meets others: a second press, or somebody who edits what it writes."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

import pytest

from tests._teams import FakeTeams, Someone
from tests._teams_answers import Answer
from tests.scenarios._house import House, line_of, words
from tests.scenarios.test_files_in import a_calendar

OVERTAKEN = "Nothing was saved."
MANY = b"".join(a_calendar(f"Rehearsal {n}", str(n)) for n in range(20))
CARDS = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada {n}\r\nEND:VCARD\r\n" for n in range(10)
).encode()


def said(answer: Answer) -> str:
    return words(answer.card) if answer.has_card else answer.text


@pytest.mark.parametrize(
    ("name", "file", "command", "number"),
    [("a.ics", MANY, "searchEvents", 20), ("a.vcf", CARDS, "searchContacts", 10)],
)
async def test_two_presses_at_once_import_once_and_neither_is_told_that_nothing_was_saved(
    house: House,
    teams: FakeTeams,
    mara: Someone,
    name: str,
    file: bytes,
    command: str,
    number: int,
) -> None:
    heard = await teams.send_file(mara, name, file)
    pressed = await asyncio.gather(*[teams.click(mara, heard.post, "Import") for _ in range(2)])
    told = [said(answer) for answer in pressed]
    assert not any(OVERTAKEN in each for each in told), told
    assert any("Imported into" in each for each in told)
    await house.settle()
    assert "Imported into" in words(heard.post.card)
    words_of_all = "rehearsal" if command == "searchEvents" else "ada"
    assert len((await teams.query(mara, command, words_of_all)).rows) == number


async def test_an_event_that_is_edited_meanwhile_holds_up_no_import(
    house: House, teams: FakeTeams, mara: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await teams.send_file(mara, "team.ics", a_calendar("Rehearsal"))
    await teams.click(mara, first.post, "Import")
    newer = await teams.send_file(mara, "team.ics", a_calendar("Dress rehearsal"))
    shown = (await teams.message(mara, "find rehearsal")).post
    await teams.click(mara, shown, line_of(shown.card, "Rehearsal"))
    await teams.click(mara, shown, "Edit")
    events = house.almanac.store.events
    save_all, saves = events.save_all, count()

    async def somebody_is_faster(*given: Any, **more: Any) -> Any:
        """Somebody saves their form between the plan and its write."""
        if not next(saves):
            await teams.click(mara, shown, "Save", {"place": "Room Linde"})
        return await save_all(*given, **more)

    monkeypatch.setattr(events, "save_all", somebody_is_faster)
    done = said(await teams.click(mara, newer.post, "Import"))
    assert "Updated\n1" in done, done
    assert next(saves) == 2, "it was written at the second try"
    found = (await teams.query(mara, "searchEvents", "rehearsal")).rows
    assert [row.preview["title"] for row in found] == ["Dress rehearsal"]
