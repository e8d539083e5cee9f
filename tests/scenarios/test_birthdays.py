"""Birthdays of contacts, wherever the calendar of their place is shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests._teams import FakeTeams, Someone
from tests.scenarios._house import House, a_contact, words
from tests.scenarios.test_feeds import a_feed, fetched, titles
from tests.scenarios.test_notifications import QUIET, chosen, heard_since


async def test_what_a_place_celebrates_is_in_its_feed_and_its_digest(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await a_contact(teams, mara, {"name": "Ada Byron", "birthday": "1985-11-20"})
    feed = await a_feed(teams, mara)
    assert titles((await fetched(house, feed))[1]) == []
    shown = await teams.message(mara, "birthdays")
    await teams.click(mara, shown.post, "Show in the calendar")

    _, ics, tag = await fetched(house, feed)
    assert titles(ics) == ["\N{BIRTHDAY CAKE} Ada Byron"]
    assert (await fetched(house, feed, **{"If-None-Match": tag}))[0] == 304
    await a_contact(teams, mara, {"name": "Bo Lind", "anniversary": "2011-11-25"})
    assert len(titles((await fetched(house, feed, **{"If-None-Match": tag}))[1])) == 2
    busy = await a_feed(teams, mara, "New, busy times only")
    assert titles((await fetched(house, busy))[1]) == []

    await chosen(teams, mara, QUIET | {"digest": "daily", "digest_hour": "8"})
    before = len(teams.connector.posts)
    await house.pass_time(datetime(2026, 11, 20, 7, tzinfo=UTC) - house.clock.now())
    (told,) = heard_since(teams, before)
    assert "Ada Byron (41)" in words(told.card) and "Birthday" in words(told.card)


async def test_who_owns_the_place_no_longer_does_not_decide_what_it_celebrates(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    await teams.message(mara, "members", channel)  # from now on she is known as the owner
    shown = await teams.message(mara, "birthdays", channel)
    await teams.click(mara, shown.post, "Show again")
    channel.owners[:] = [ines]
    refused = await teams.click(mara, shown.post, "Show in the calendar")
    assert "Only an owner can do that." in refused.text


@pytest.mark.slow  # a page takes seconds: its fonts are cut down to what it shows
async def test_what_a_place_celebrates_is_on_paper(teams: FakeTeams, mara: Someone) -> None:
    await a_contact(teams, mara, {"name": "Ada Byron", "birthday": "1985-11-20"})
    without = await printed(teams, mara)
    shown = await teams.message(mara, "birthdays")
    await teams.click(mara, shown.post, "Show in the calendar")
    assert len(await printed(teams, mara)) > len(without)


async def printed(teams: FakeTeams, who: Someone) -> bytes:
    """Return the page of this week."""
    offer = await teams.message(who, "print week")
    await teams.decide_file(who, offer.post)
    return teams.drive.uploaded[offer.post.id]
