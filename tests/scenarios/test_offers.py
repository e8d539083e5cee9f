"""Both sides change the same thing: one value shows, and the other is offered back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sandbox.graph.contact_photos import as_kept
from services.sync.state.losers import TOLD_WITHIN
from tests._teams import FakeTeams, Posted, Someone
from tests._teams_cards import button
from tests.scenarios._house import House, agenda_of, an_event, edited, line_of, words
from tests.scenarios.test_contact_pages import fetched, images
from tests.scenarios.test_links import calendar_of, linked_contacts, linked_team
from tests.services.sync._faces import GREEN, RED, shows
from tests.services.sync._scene import renamed


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


async def test_what_was_changed_since_is_shown_before_it_is_replaced(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    told = await clashed(house, teams, mara)
    await teams.message(mara, "rename lunch to Supper")
    await teams.click(mara, teams.connector.posts[-1], "Rename")
    await house.settle()
    again = await teams.click(mara, told, "Use mine")
    assert "This has changed meanwhile: please look again." in words(again.card)
    assert "Supper" in words(again.card) and "Lunch here" in words(again.card)
    assert await titles(house) == ["Supper"]
    taken = await teams.click(mara, told, "Use mine")
    assert "It says now what you wrote." in words(taken.card)
    await house.settle()
    assert await titles(house) == ["Lunch here"]


async def test_an_answer_that_comes_late_replaces_nothing_that_came_after_it(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    told = await clashed(house, teams, mara)
    pressed = button(told.card_for(mara), "Use mine")
    await teams.execute(mara, told, pressed["verb"], pressed["data"])
    await house.settle()
    await teams.message(mara, "rename lunch to Supper")
    await teams.click(mara, teams.connector.posts[-1], "Rename")
    late = await teams.execute(mara, told, pressed["verb"], pressed["data"])
    assert "please look again" in words(late.card)
    await house.settle()
    assert await titles(house) == ["Supper"]


async def test_what_is_gone_meanwhile_can_still_be_had_beside_it(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    told = await clashed(house, teams, mara)
    await teams.message(mara, "delete lunch")
    await teams.click(mara, teams.connector.posts[-1], "Delete")
    again = await teams.click(mara, told, "Use mine")
    assert "It has been deleted since." in words(again.card)
    await teams.click(mara, told, "Keep both")
    await house.pass_time(TOLD_WITHIN)  # only then it goes from Outlook as well
    assert await titles(house) == ["Lunch here"]


async def test_whoever_lost_the_calendar_while_the_question_stood_changes_nothing_there(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    await teams.install(ines)
    chat = await linked_team(house, mara, ines)
    post = await an_event(teams, ines, "lunch friday 12:30", chat)
    await house.settle()
    outlook, calendar = house.outlook(), calendar_of(house)
    assert calendar
    (item,) = outlook.items(calendar)
    house.sandbox.notices.is_held = True
    await teams.click(ines, post, "Edit")
    await teams.click(ines, post, "Save", {"title": "Lunch of Ines"})
    outlook.edit(outlook.get(outlook.id_of(item)), renamed("Lunch of Mara")(item.content))
    before = len(teams.connector.posts)
    await house.settle()
    (told,) = questions(teams.connector.posts[before:])
    assert "Lunch of Ines" in words(told.card), "she wrote what lost"

    await teams.members_removed(chat, ines)
    for answer in ("Use mine", "Keep both"):
        refused = await teams.click(ines, told, answer)
        assert "no longer here for you" in refused.text
    await house.settle()
    (event,) = outlook.items(calendar)
    assert event.content.subject == "Lunch of Mara"


async def test_of_two_pictures_the_author_sees_both_and_has_theirs_back(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await linked_contacts(house, mara)
    book = house.outlook().contacts
    (card,) = book.cards(book.folders[0].id)
    house.sandbox.notices.is_held = True
    asked = await teams.send_file(mara, "Ada_Byron.jpg", RED)
    await teams.click(mara, asked.post, line_of(asked.card, "Ada Byron"))
    book.picture(card, as_kept(GREEN))
    before = len(teams.connector.posts)
    await house.settle()
    (told,) = questions(teams.connector.posts[before:])
    (_, now), (_, mine) = [await fetched(house, address) for address in images(told.card)]
    assert shows(now, GREEN) and shows(mine, RED)
    await teams.click(mara, told, "Use mine")
    await house.settle()
    assert shows(book.cards(book.folders[0].id)[0].picture, RED)
