"""A calendar that others follow by an address of their own, and those of others in ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests._teams import FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import House, agenda_of, an_event, typed_in, words

THEIRS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//club//EN\r
X-WR-CALNAME:Rowing club\r
{events}END:VCALENDAR\r
"""
EVENT = """BEGIN:VEVENT\r
UID:{uid}\r
DTSTART:20261120T110000Z\r
DTEND:20261120T120000Z\r
SUMMARY:{title}\r
END:VEVENT\r
"""


def a_club(*titles: str) -> bytes:
    events = "".join(EVENT.format(uid=f"{t}@club", title=t) for t in titles)
    return THEIRS.format(events=events).encode()


async def fetched(house: House, url: str, **headers: str) -> tuple[int, str, str]:
    async with house.browser.get(url, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers.get("ETag", "")


async def a_feed(teams: FakeTeams, who: Someone, title: str = "Make an address") -> str:
    heard = await teams.message(who, "feed")
    made = await teams.click(who, heard.post, title)
    return typed_in(made.card)["address"]


def titles(text: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(text).walk("VEVENT")]


async def test_a_calendar_is_followed_by_an_address_and_asked_for_cheaply(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30")
    url = await a_feed(teams, mara)
    status, text, tag = await fetched(house, url)
    assert status == 200 and titles(text) == ["lunch with Ines"]
    assert (await fetched(house, url, **{"If-None-Match": tag}))[0] == 304
    await an_event(teams, mara, "dinner friday 19:00")
    status, text, newer = await fetched(house, url, **{"If-None-Match": tag})
    assert status == 200 and newer != tag and "dinner" in text


async def test_an_address_is_shown_once_and_a_new_one_ends_the_old(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    old = await a_feed(teams, mara)
    heard = await teams.message(mara, "feed")
    assert "address" not in typed_in(heard.card) and "Lost? Make a new one." in words(heard.card)
    new = typed_in((await teams.click(mara, heard.post, "New address")).card)["address"]
    assert (await fetched(house, old))[0] == 404
    assert (await fetched(house, new))[0] == 200
    await teams.click(mara, heard.post, "Take it back")
    assert (await fetched(house, new))[0] == 404


async def test_a_feed_may_say_only_when_it_is_busy(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30")
    url = await a_feed(teams, mara, "Only when it is busy")
    _, text, _ = await fetched(house, url)
    assert titles(text) == ["Busy"] and "Ines" not in text and "Mara" not in text


async def test_in_a_channel_each_has_an_address_for_their_own_eyes(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    await an_event(teams, mara, "lunch friday 12:30", channel)
    heard = await teams.message(mara, "feed", channel)
    assert "feeds/" not in str(heard.card)
    urls = []
    for who in (mara, ines):
        shown = await teams.click(who, heard.post, "My address")
        assert "Make an address" in {a["title"] for a in buttons(shown.card)}
        made = await teams.click(who, heard.post, "Make an address")
        urls.append(typed_in(made.card)["address"])
    assert len(set(urls)) == 2 and "feeds/" not in str(heard.post.card)
    assert [(await fetched(house, url))[0] for url in urls] == [200, 200]


async def test_who_has_left_reads_no_more(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    await an_event(teams, mara, "lunch friday 12:30", channel)
    heard = await teams.message(mara, "feed", channel)
    await teams.click(ines, heard.post, "My address")
    made = await teams.click(ines, heard.post, "Make an address")
    url = typed_in(made.card)["address"]
    assert (await fetched(house, url))[0] == 200
    await teams.members_removed(channel, ines)
    await house.settle()
    assert (await fetched(house, url))[0] == 404


async def test_who_is_erased_is_followed_no_more(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    url = await a_feed(teams, mara)
    question = await teams.message(mara, "erase my data")
    await teams.click(mara, question.post, "Erase all")
    await house.settle()
    assert (await fetched(house, url))[0] == 404


async def test_neither_addresses_nor_what_they_say_can_be_read_on_the_disk_or_in_the_log(
    house: House, teams: FakeTeams, mara: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    url = await a_feed(teams, mara)
    await fetched(house, url)
    id, _ = await subscribed(teams, mara, a_club("Regatta"))
    teams.drive.sent.pop(id)
    await house.pass_time(timedelta(minutes=71))
    secret = url.rpartition("/")[2].removesuffix(".ics")
    folder = house.database.parent
    stored = b"".join(file.read_bytes() for file in folder.glob("almanac.db*"))
    ours = "\n".join(each.getMessage() for each in caplog.records if "access" not in each.name)
    for word in (secret, "Regatta", "Rowing", "/drive/sent/"):
        assert word.encode() not in stored and word not in ours, word


async def test_a_made_up_address_leads_nowhere(house: House) -> None:
    assert (await fetched(house, f"{house.url}/feeds/{'a' * 43}.ics"))[0] == 404


async def subscribed(teams: FakeTeams, who: Someone, data: bytes) -> tuple[str, Any]:
    id = teams.drive.put(data)
    heard = await teams.message(who, f"subscribe {teams.origin}/drive/sent/{id}")
    return id, heard


async def test_a_calendar_of_others_is_shown_and_only_read(teams: FakeTeams, mara: Someone) -> None:
    _, heard = await subscribed(teams, mara, a_club("Regatta"))
    assert "“Rowing club” is shown here now" in words(heard.card)
    shown = await teams.message(mara, "agenda")
    assert "Regatta" in words(shown.card)
    details = await teams.click(
        mara,
        shown.post,
        next(str(a["title"]) for a in buttons(shown.card) if "Regatta" in str(a["title"])),
    )
    assert "From the calendar “Rowing club”" in words(details.card)
    assert not {"Edit", "Delete"} & {a["title"] for a in buttons(details.card)}


async def test_what_changes_there_changes_here_within_an_hour_and_some(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    id, _ = await subscribed(teams, mara, a_club("Regatta", "Training"))
    teams.drive.sent[id] = a_club("Regatta", "Party")
    await house.pass_time(timedelta(minutes=71))
    agenda = await agenda_of(teams, mara)
    assert "Party" in agenda and "Regatta" in agenda and "Training" not in agenda


async def test_a_calendar_that_does_not_answer_keeps_what_it_said(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    id, _ = await subscribed(teams, mara, a_club("Regatta"))
    data = teams.drive.sent.pop(id)
    await house.pass_time(timedelta(minutes=71))
    assert "Regatta" in await agenda_of(teams, mara)
    heard = await teams.message(mara, "subscriptions")
    assert "does not answer" in words(heard.card)
    teams.drive.sent[id] = data.replace(b"Regatta", b"Race")
    again = await teams.click(mara, heard.post, "Read again")
    assert "does not answer" not in words(again.card)


async def test_a_subscription_ends_after_a_question_and_takes_its_events_along(
    teams: FakeTeams, mara: Someone
) -> None:
    await subscribed(teams, mara, a_club("Regatta"))
    await an_event(teams, mara, "lunch friday 12:30")
    heard = await teams.message(mara, "unsubscribe")
    question = await teams.click(mara, heard.post, "Unsubscribe")
    assert "Its one event is taken away" in words(question.card)
    await teams.click(mara, heard.post, "Unsubscribe")
    agenda = await agenda_of(teams, mara)
    assert "Regatta" not in agenda and "lunch" in agenda


async def test_addresses_that_lead_inside_are_refused_with_one_sentence(
    teams: FakeTeams, mara: Someone
) -> None:
    for url in (
        "http://example.org/x.ics",
        "https://127.0.0.1/x.ics",
        "https://localhost/x.ics",
        "https://169.254.169.254/latest/meta-data",
        "https://user:secret@example.org/x.ics",
        "webcal://10.0.0.1/x.ics",
        f"{teams.origin}/drive/sent/nothing",
    ):
        heard = await teams.message(mara, f"subscribe {url}")
        assert "No calendar could be read at this address." in heard.text, url
    assert "There are none" in words((await teams.message(mara, "subscriptions")).card)


async def test_subscribe_alone_tells_how(teams: FakeTeams, mara: Someone) -> None:
    assert "subscribe https://" in words((await teams.message(mara, "subscribe")).card)
