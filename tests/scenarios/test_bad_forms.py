"""Forms with impossible values come back as they were typed, with a sentence beside each field."""

from __future__ import annotations

from typing import Any

import pytest

from tests._teams import Answer, Chat, Dialog, FakeTeams, Someone
from tests.scenarios._house import an_event, typed_in, words

LONG = "x" * 5000
WRONG = [
    pytest.param(
        {"start_time": "14:00", "end_time": "13:00"},
        "The end is before the start.",
        {"start_time": "14:00", "end_time": "13:00"},
        id="end before start",
    ),
    pytest.param(
        {"all_day": "true", "start_date": "2026-12-02", "end_date": "2026-12-01"},
        "The end is before the start.",
        {"all_day": "true", "start_date": "2026-12-02", "end_date": "2026-12-01"},
        id="last day before the first",
    ),
    pytest.param(
        {"start_date": "2027-02-31"},
        "\u201c2027-02-31\u201d: There is no such day.",
        {"title": "Party"},
        id="31 February",
    ),
    pytest.param(
        {"title": LONG}, "This is too long: 200 characters at most.", {"title": LONG}, id="title"
    ),
    pytest.param(
        {"zone": "Mars/Olympus"},
        "This time zone is not known. Please choose one of the list.",
        {"zone": "Mars/Olympus"},
        id="unknown zone",
    ),
    pytest.param(
        {"start_time": "25:99"}, "This is no time of day.", {"title": "Party"}, id="no time"
    ),
    pytest.param(
        {"start_date": "2027-03-28", "start_time": "02:30", "zone": "Europe/Berlin"},
        "The clocks go forward then: this time does not exist.",
        {"start_time": "02:30"},
        id="skipped by the clocks",
    ),
    pytest.param(
        {"repeats": "weekly", "until": "2026-11-01"},
        "The last day is before the first.",
        {"until": "2026-11-01"},
        id="series that ends before it begins",
    ),
    pytest.param(
        {"repeats": "sometimes"}, "Please choose one of the list.", {"title": "Party"}, id="choice"
    ),
    pytest.param({"reminder": "-5"}, "Please choose one of the list.", {}, id="reminder"),
    pytest.param({"text": "y" * 10_001}, "too long: 10000 characters", {}, id="notes"),
]


def has_come_back(card: dict[str, Any], sentence: str, still: dict[str, str]) -> None:
    assert sentence in words(card)
    assert "Nothing is saved yet: one field needs another look." in words(card)
    values = typed_in(card)
    assert {name: values[name] for name in still} == still


@pytest.mark.parametrize(("typed", "sentence", "still"), WRONG)
async def test_a_form_in_the_chat_comes_back(
    teams: FakeTeams, mara: Someone, typed: dict[str, str], sentence: str, still: dict[str, str]
) -> None:
    heard = await teams.message(mara, "new event")
    good = {"title": "Party", "start_date": "2026-12-01"}

    again = await teams.click(mara, heard.post, "Create", good | typed)

    has_come_back(again.card, sentence, still)
    agenda = await teams.message(mara, "agenda 1 December")
    assert "Nothing is planned." in words(agenda.card)
    mended = await teams.click(mara, heard.post, "Create", MENDED)
    assert "Created." in words(mended.card)


MENDED = {
    "title": "Party",
    "all_day": "false",
    "start_date": "2026-12-01",
    "start_time": "14:00",
    "end_date": "",
    "end_time": "15:00",
    "zone": "Europe/Berlin",
    "repeats": "none",
    "until": "",
    "reminder": "15",
    "text": "",
}


@pytest.mark.parametrize(("typed", "sentence", "still"), WRONG)
async def test_a_dialog_from_a_card_comes_back(
    teams: FakeTeams, mara: Someone, typed: dict[str, str], sentence: str, still: dict[str, str]
) -> None:
    welcome = await teams.install(mara)
    opened = await teams.open_dialog(mara, welcome.post, "New event in a window")
    good = {"title": "Party", "start_date": "2026-12-01"}

    again = await teams.submit_dialog(mara, shown(opened), "Create", good | typed)

    has_come_back(shown(again).card, sentence, still)
    closed = await teams.submit_dialog(mara, shown(again), "Create", MENDED)
    assert closed.dialog is None
    assert "Party" in words(closed.post.card)


@pytest.mark.parametrize(("typed", "sentence", "still"), WRONG)
async def test_a_dialog_of_the_compose_box_comes_back(
    teams: FakeTeams, mara: Someone, typed: dict[str, str], sentence: str, still: dict[str, str]
) -> None:
    opened = await teams.action_fetch(mara, "newEvent")
    good = {"title": "Party", "start_date": "2026-12-01"}

    again = await teams.submit_dialog(mara, shown(opened), "Create", good | typed)

    dialog = shown(again)
    dialog.command_id = "newEvent"
    has_come_back(dialog.card, sentence, still)
    inserted = await teams.submit_dialog(mara, dialog, "Create", MENDED)
    assert [row.title for row in inserted.rows] == ["Party"]


@pytest.mark.parametrize(("typed", "sentence", "still"), WRONG)
async def test_an_edit_comes_back_and_the_event_stays_as_it_was(
    teams: FakeTeams,
    mara: Someone,
    channel: Chat,
    typed: dict[str, str],
    sentence: str,
    still: dict[str, str],
) -> None:
    post = await an_event(teams, mara, "Party 1 December 14:00", channel)
    await teams.click(mara, post, "Edit")

    again = await teams.click(mara, post, "Save", typed)

    has_come_back(again.card, sentence, still)
    assert "Party" in words(post.card) and "14:00 - 15:00" in words(post.card)


async def test_several_wrong_values_are_told_at_once(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.message(mara, "new event")
    typed = {"title": LONG, "start_date": "2027-02-31", "zone": "Mars/Olympus"}
    again = await teams.click(mara, heard.post, "Create", typed)
    said = words(again.card)
    assert "Nothing is saved yet: 3 fields need another look." in said
    assert "There is no such day." in said and "too long" in said and "is not known" in said


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "text",
        {},
        {"action": None},
        {"action": {"type": "Action.Execute"}},
        {"action": {"type": "Action.Execute", "verb": "event.create", "data": [1]}},
        {"action": {"type": "Action.Execute", "verb": "event.create", "data": {"title": 5}}},
    ],
)
async def test_a_press_with_a_wrong_value_is_answered_in_teams_shape(
    teams: FakeTeams, mara: Someone, value: Any
) -> None:
    answer = await teams.invoke(mara, teams.personal_chat(mara), "adaptiveCard/action", value)
    assert answer.status == 200
    assert answer.error or answer.text


@pytest.mark.parametrize("name", ["task/fetch", "task/submit", "composeExtension/submitAction"])
@pytest.mark.parametrize("value", [None, [], {}, {"data": []}, {"data": {"verb": 5}}])
async def test_a_dialog_with_a_wrong_value_is_answered_in_teams_shape(
    teams: FakeTeams, mara: Someone, name: str, value: Any
) -> None:
    answer = await teams.invoke(mara, teams.personal_chat(mara), name, value)
    assert (answer.status, answer.error) == (400, "BadRequest")


@pytest.mark.parametrize("data", [{}, {"verb": "event.create"}, {"verb": "event.save", "etag": 1}])
async def test_a_composed_form_that_is_none_gets_a_sentence(
    teams: FakeTeams, mara: Someone, data: dict[str, Any]
) -> None:
    answer = await teams.action_submit(mara, "newEvent", data)
    assert "from an earlier version" in answer.text


def shown(answer: Answer) -> Dialog:
    assert answer.dialog, answer.body
    return answer.dialog


async def test_a_day_that_is_none_is_quoted_as_it_was_said(teams: FakeTeams, mara: Someone) -> None:
    sentence = "Release on 2026-02-30 10:00-11:30 every week until 31 November"
    heard = await teams.message(mara, f"new event {sentence}")

    said, stands = words(heard.card), typed_in(heard.card)
    for wrong in ("2026-02-30", "31 November"):
        assert f"\u201c{wrong}\u201d: There is no such day." in said
    assert (stands["title"], stands["start_date"], stands["until"]) == ("Release", "", "")
    assert (stands["start_time"], stands["end_time"]) == ("10:00", "11:30")

    right = {"start_date": "2026-03-02", "until": "2026-11-30"}
    created = await teams.click(mara, heard.post, "Create", right)
    assert "Mon, 2 Mar 2026, 10:00 - 11:30" in words(created.card)
