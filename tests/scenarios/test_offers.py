"""Both sides change the same thing: one value shows, and the other is offered back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests._teams import FakeTeams, Posted, Someone
from tests._teams_cards import button
from tests.scenarios._house import House, agenda_of, an_event, edited, words


async def clashed(house: House, teams: FakeTeams, mara: Someone) -> Posted:
    """Let Mara name one event differently here and in Outlook; return the card she then gets."""
    await teams.install(mara)
    await house.connect(mara)
    post = await an_event(teams, mara, "lunch with Ines friday 12:30")
    await house.settle()
    (item,) = house.events_in_outlook()
    house.sandbox.notices.is_held = True
    form = await teams.click(mara, post, "Edit")
    assert form.card is not None
    await teams.click(mara, post, "Save", {"title": "Lunch here"})
    content = replace(item.content, plain={**item.content.plain, "subject": "Lunch in Outlook"})
    edited(house, item, content)
    before = len(teams.connector.posts)
    await house.settle()
    (told,) = questions(teams.connector.posts[before:])
    return told


def questions(posts: list[Posted]) -> list[Posted]:
    return [post for post in posts if "Changed twice" in words(post.card)]


async def titles(house: House) -> list[str]:
    return sorted(item.content.subject for item in house.events_in_outlook())


async def test_the_author_sees_both_values(house: House, teams: FakeTeams, mara: Someone) -> None:
    told = words((await clashed(house, teams, mara)).card)
    assert "Lunch here" in told and "Lunch in Outlook" in told
    assert "You wrote here" in told


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("Use mine", ["Lunch here"]),
        ("Keep both", ["Lunch here", "Lunch in Outlook"]),
        ("Leave it so", ["Lunch in Outlook"]),
    ],
)
async def test_what_the_author_answers_is_so_on_both_sides(
    house: House, teams: FakeTeams, mara: Someone, answer: str, left: list[str]
) -> None:
    told = await clashed(house, teams, mara)
    await teams.click(mara, told, answer)
    await house.settle()
    assert await titles(house) == left
    agenda = await agenda_of(teams, mara)
    assert [title for title in ("Lunch here", "Lunch in Outlook") if title in agenda] == left


async def test_an_answer_that_comes_twice_counts_once(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    told = await clashed(house, teams, mara)
    pressed = button(told.card_for(mara), "Keep both")
    for _ in range(2):
        await teams.execute(mara, told, pressed["verb"], pressed["data"])
    await house.settle()
    assert await titles(house) == ["Lunch here", "Lunch in Outlook"]


async def test_nobody_is_told_twice(house: House, teams: FakeTeams, mara: Someone) -> None:
    await clashed(house, teams, mara)
    before = len(teams.connector.posts)
    await house.almanac.worker.drain()
    await house.settle()
    assert questions(teams.connector.posts[before:]) == []


async def test_somebody_else_cannot_answer(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    told = await clashed(house, teams, mara)
    await teams.click(ines, told, "Use mine")
    await house.settle()
    assert await titles(house) == ["Lunch in Outlook"]
