"""When people are free, and times for a meeting; Wednesday 18 November 2026, 13:00 in Berlin."""

from __future__ import annotations

from typing import Any

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import INES, MARA, House, an_event, typed_in, words
from tests.services.sync._scene import outlook_event


def times_in(card: dict[str, Any]) -> list[str]:
    """The proposals, as their buttons say them."""
    plain = str.maketrans({0x2013: "-", 0x2009: " "})
    return [a["title"].translate(plain) for a in buttons(card) if a["verb"] == "event.new"]


async def known(house: House, who: Someone, place: Chat) -> None:
    """Let somebody speak in a place, so that its people are looked up."""
    await house.teams.message(who, "agenda", place)
    await house.settle()


async def test_a_person_asks_in_their_own_chat_and_outlook_is_asked(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await house.connect(mara)
    await house.connect(ines)
    house.outlook(INES).add(outlook_event("Dentist", "2026-11-19", "10:00"))
    await known(house, mara, channel)
    heard = await teams.message(mara, "free busy ines tomorrow")

    said = words(heard.card)
    assert "Thu, 19 Nov 2026" in said and "Ines Moreau" in said
    assert "busy 10:00-11:00" in said and "Dentist" not in said
    assert "From Outlook, just now: Ines Moreau." in said


async def test_who_is_not_connected_is_known_from_the_calendar_alone(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Workshop with Ines tomorrow 14:00 for 90 min", channel)
    await house.settle()
    said = words((await teams.message(mara, "free busy ines, mara tomorrow")).card)
    assert said.count("busy 14:00-15:30") == 2
    assert "From the calendar alone: Ines Moreau, Mara Lindqvist." in said
    assert "Your Outlook is not connected" in said


async def test_a_time_is_found_that_suits_all_and_becomes_an_event(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await house.connect(mara)
    await house.connect(ines)
    house.outlook(INES).add(outlook_event("Dentist", "2026-11-19", "08:00"))
    house.outlook(MARA).add(outlook_event("Review", "2026-11-19", "09:00"))
    await known(house, mara, channel)
    heard = await teams.message(mara, "find a time with ines for 45 min tomorrow")

    assert "Times for 45 minutes" in words(heard.card)
    assert times_in(heard.card)[0] == "Thu 19 Nov, 10:00-10:45"
    assert "Everybody is free." in words(heard.card)

    form = await teams.click(mara, heard.post, button_like(heard.card, "10:00"))
    values = typed_in(form.card)
    assert values["title"] == "Meeting: Mara Lindqvist, Ines Moreau"
    assert (values["start_date"], values["start_time"], values["end_time"]) == (
        "2026-11-19",
        "10:00",
        "10:45",
    )
    made = await teams.click(mara, heard.post, "Create")
    assert "Created." in words(made.card)


def button_like(card: dict[str, Any], part: str) -> str:
    return next(str(a["title"]) for a in buttons(card) if part in a["title"])


async def test_nobody_is_asked_to_meet_at_night(
    house: House, teams: FakeTeams, mara: Someone, priya: Someone
) -> None:
    """Kochi is four and a half hours ahead of Berlin: at 12:30 in Berlin Priya goes home."""
    place = teams.channel("Far", [mara, priya])
    await teams.install(mara, place)
    await house.settle()
    await house.connect(mara)
    await house.connect(priya)
    await known(house, mara, place)
    heard = await teams.message(mara, "find a time with priya for 1 hour tomorrow")
    ends = [title.rpartition("-")[2] for title in times_in(heard.card)]
    assert ends and max(ends) <= "12:30"


async def test_a_slow_microsoft_is_not_waited_for_and_the_answer_says_so(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await house.connect(mara)
    house.sandbox.faults.fail(path="getSchedule", status=503, times=9)
    heard = await teams.message(mara, "free busy")
    said = words(heard.card)
    assert "Microsoft 365 did not answer in time. This rests on the calendar alone." in said
    assert "From the calendar alone: Mara Lindqvist." in said


async def test_a_post_rests_on_the_calendar_and_outlook_is_for_who_asks_for_it(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await house.connect(mara)
    await house.connect(ines)
    house.outlook(INES).add(outlook_event("Dentist", "2026-11-18", "15:00"))
    heard = await teams.message(mara, "free busy", channel)
    assert "15:00-16:00" not in words(heard.card)
    assert "From the calendar alone: Ines Moreau, Mara Lindqvist." in words(heard.card)

    own = await teams.click(mara, heard.post, "Ask Outlook")
    assert "busy 15:00-16:00" in words(own.card)
    assert "15:00-16:00" not in words(heard.post.card_for(ines))


async def test_a_name_that_nobody_has_is_named(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    said = words((await teams.message(mara, "find a time with Zebedee and Ines", channel)).card)
    assert "Nobody here is called “Zebedee”." in said
    assert "Ines Moreau" in said


async def test_the_calendar_leads_to_peoples_time(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    house.outlook(MARA).add(outlook_event("Dentist", "2026-11-19", "10:00"))
    heard = await teams.message(mara, "day tomorrow")
    free = await teams.click(mara, heard.post, "Free and busy")
    assert "busy 10:00-11:00" in words(free.card)
    assert "From Outlook, just now: Mara Lindqvist." in words(free.card)
    times = await teams.click(mara, heard.post, "Find a time")
    assert "Thu 19 Nov, 08:00-08:30" in times_in(times.card)
    again = await teams.message(mara, "week")
    assert "Who is away" in words((await teams.click(mara, again.post, "Who is away")).card)


async def test_a_crowd_is_asked_to_name_some(teams: FakeTeams, mara: Someone) -> None:
    crowd = [teams.person(f"Person {n}", tenant=mara.tenant) for n in range(12)]
    place = teams.channel("Crowd", [mara, *crowd])
    heard = await teams.message(mara, "free busy", place)
    assert "5 more people are here. Please name those whom you mean." in words(heard.card)
