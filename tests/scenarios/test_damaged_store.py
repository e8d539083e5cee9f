"""A store that is damaged, or held by others, under a running program: people read a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests._teams import FakeTeams, Someone
from tests.scenarios._house import House, agenda_of, an_event

DAMAGED = "What was stored here is damaged and cannot be shown."


def flip_all(house: House, kind: str) -> None:
    """Flip a bit of every record of a kind, behind the program's back."""
    with closing(sqlite3.connect(house.database)) as connection, connection:
        rows = connection.execute("SELECT part, id, body FROM record WHERE kind = ?", [kind])
        for part, id, body in rows.fetchall():
            broken = body[:-1] + bytes([body[-1] ^ 1])
            connection.execute(
                "UPDATE record SET body = ? WHERE part = ? AND id = ?", [broken, part, id]
            )


async def test_of_damaged_events_a_sentence_is_said_and_no_word_shown(
    house: House, teams: FakeTeams, mara: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30")
    flip_all(house, "event")
    heard = await teams.message(mara, "agenda december")
    assert "lunch" not in heard.text
    heard = await teams.message(mara, "agenda friday")
    assert heard.text.startswith(DAMAGED)
    assert "Damaged" in caplog.text and "lunch" not in caplog.text
    found = await teams.message(mara, "contacts")
    assert found.post.card, "what is whole goes on"


async def test_while_somebody_else_holds_the_file_it_can_still_be_read(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "lunch friday 12:30")
    with closing(sqlite3.connect(house.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "lunch" in await agenda_of(teams, mara)
        other.rollback()
    await an_event(teams, mara, "dinner friday 19:00")
    agenda = await agenda_of(teams, mara)
    assert "lunch" in agenda and "dinner" in agenda
