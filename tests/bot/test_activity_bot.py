from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from bot.turn import Change, Composing, Query, QuotedMessage, Way
from services.model.errors import StoreAway
from services.model.events import EventId
from services.model.identity import ConversationHome, ConversationKind, PersonHome
from tests._teams import Answer, FakeTeams
from tests.bot._wired import Break, Save, Wired

# -- words -------------------------------------------------------------------------------------


async def test_words_are_answered_in_the_conversation(teams: FakeTeams) -> None:
    answer = await teams.message(teams.person("Ines"), "hello")
    assert answer.text == "You said: hello"
    assert answer.post.reply_to
    assert answer.post.activity["textFormat"] == "plain"


async def test_a_channel_is_answered_in_the_thread_that_was_begun(
    wired: Wired, teams: FakeTeams
) -> None:
    ines = teams.person("Ines")
    channel = teams.channel("General", [ines])
    answer = await teams.message(ines, "hello", channel, thread="1599999")
    assert answer.post.thread == "1599999"
    assert answer.text == "You said: hello"  # the mention of the bot is gone


async def test_a_turn_knows_who_where_and_when(wired: Wired, teams: FakeTeams) -> None:
    ines = teams.person("Ines", zone="America/Regina", language="de-CH")
    channel = teams.channel("Boats", [ines])
    await teams.message(ines, "card", channel)
    await teams.message(ines, "card")
    in_channel, in_chat = wired.handlers.turns
    assert in_channel.kind is ConversationKind.CHANNEL
    assert in_channel.home == ConversationHome(in_channel.conversation.tenant, channel.id)  # type: ignore[arg-type]
    assert in_channel.conversation.team_name == "Harbour"
    assert in_chat.home == PersonHome(in_chat.person)
    assert in_chat.conversation.person == in_chat.person
    assert in_chat.person.object_id == ines.object_id
    assert (in_chat.zone.key, in_chat.language) == ("America/Regina", "de-CH")
    assert in_chat.author.name == "Ines"


async def test_a_message_about_an_event_is_remembered_as_its_post(
    wired: Wired, teams: FakeTeams
) -> None:
    answer = await teams.message(teams.person("Ines"), "card")
    [(post, book)] = wired.posts
    assert post.activity_id == answer.post.id
    assert (post.book, post.item) == (book.id, EventId("event-1"))
    assert answer.post.activity["summary"] == "A card"


async def test_silence_is_an_answer(teams: FakeTeams) -> None:
    answer = await teams.message(teams.person("Ines"), "silence")
    assert (answer.status, answer.posts) == (201, [])


async def test_a_message_that_comes_three_times_is_answered_once(teams: FakeTeams) -> None:
    answer = await teams.message(teams.person("Ines"), "hello", times=3)
    assert len(answer.posts) == 1


async def test_what_is_gone_is_told_in_a_sentence(teams: FakeTeams) -> None:
    answer = await teams.message(teams.person("Ines"), "gone")
    assert answer.text == "This event is gone. Somebody may have deleted it."


async def test_a_bug_is_told_in_a_sentence_and_logged_without_its_words(
    teams: FakeTeams, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = await teams.message(teams.person("Ines"), "bug")
    assert "Something went wrong on our side" in answer.text
    assert "RuntimeError" in caplog.text
    assert "_wired.py" in caplog.text
    assert "secret" not in caplog.text


async def test_a_reply_that_a_chat_cannot_show_is_a_bug(teams: FakeTeams) -> None:
    answer = await teams.message(teams.person("Ines"), "dialog")
    assert "Something went wrong on our side" in answer.text


async def test_an_answer_that_cannot_be_sent_is_no_failure_of_the_turn(
    teams: FakeTeams, caplog: pytest.LogCaptureFixture
) -> None:
    ines = teams.person("Ines")
    teams.connector.block(teams.personal_chat(ines))
    answer = await teams.message(ines, "hello")
    assert answer.status == 201
    assert "upstream failed (sending): Rejected" in caplog.text


# -- buttons -----------------------------------------------------------------------------------


async def pressed(teams: FakeTeams, title: str, *, times: int = 1) -> tuple[Answer, Answer]:
    ines = teams.person("Ines")
    shown = await teams.message(ines, "card")
    return shown, await teams.click(ines, shown.post, title, times=times)


async def test_a_button_puts_another_card_in_the_place_of_its_own(
    wired: Wired, teams: FakeTeams
) -> None:
    shown, answer = await pressed(teams, "Save")
    assert answer.card["fallbackText"] == "Saved 7 1"
    assert [post.text for post in answer.posts] == ["By the way"]
    turn = wired.handlers.turns[-1]
    assert (turn.way, turn.reply_to_id) == (Way.CARD, shown.post.id)
    assert wired.posts[-1][0].activity_id == shown.post.id  # the message now shows that event


async def test_an_answer_does_not_hang_on_what_is_remembered_of_it(
    wired: Wired, teams: FakeTeams
) -> None:
    ines = teams.person("Ines")
    shown = await teams.message(ines, "card")
    wired.problems.append(StoreAway("no answer"))
    answer = await teams.click(ines, shown.post, "Save")
    assert (answer.status, answer.card["fallbackText"]) == (200, "Saved 7 1")


async def test_a_button_pressed_once_and_delivered_three_times_works_once(
    wired: Wired, teams: FakeTeams
) -> None:
    _, answer = await pressed(teams, "Save", times=3)
    assert wired.handlers.saves == 1
    assert answer.card["fallbackText"] == "Saved 7 1"
    assert len(answer.posts) == 1


async def test_deliveries_at_the_same_time_share_one_answer(wired: Wired, teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    shown = await teams.message(ines, "card")
    action = {"type": "Action.Execute", "verb": Save.verb, "data": {"id": "7"}}
    activity = teams.activity(
        "invoke",
        ines,
        teams.personal_chat(ines),
        name="adaptiveCard/action",
        value={"action": action},
        replyToId=shown.post.id,
    )
    answers = await asyncio.gather(*[teams.post(activity) for _ in range(3)])
    assert wired.handlers.saves == 1
    assert all(answer == answers[0] for answer in answers)


async def test_somebody_else_with_the_same_activity_id_gets_their_own_answer(
    wired: Wired, teams: FakeTeams
) -> None:
    for name in ("Ines", "Otto"):
        who = teams.person(name)
        value = {"action": {"type": "Action.Execute", "verb": Save.verb, "data": {"id": "7"}}}
        chat = teams.personal_chat(who)
        await teams.invoke(who, chat, "adaptiveCard/action", value, id="same")
    assert wired.handlers.saves == 2


async def test_a_client_without_universal_actions_gets_its_message_edited(
    wired: Wired, teams: FakeTeams
) -> None:
    shown, answer = await pressed(teams, "Save the old way")
    assert answer.edited == [shown.post]
    assert shown.post.card["fallbackText"] == "Saved 7 1"
    assert wired.handlers.turns[-1].way is Way.CARD


async def test_what_is_for_all_goes_before_what_is_for_one(teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    shown = await teams.message(ines, "card")
    answer = await teams.execute(ines, shown.post, Break.verb, {"how": "both"})
    assert answer.card["fallbackText"] == "For you"
    assert shown.post.card["fallbackText"] == "For all"
    old = teams.activity(
        "message",
        ines,
        shown.post.chat,
        value={"verb": Break.verb, "how": "both"},
        replyToId=shown.post.id,
    )
    await teams.deliver(old, shown.post.chat)
    assert shown.post.card["fallbackText"] == "For all"
    assert shown.post.edits == 2


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("gone", "This event is gone. Somebody may have deleted it."),
        ("bug", "Something went wrong on our side. It has been noted."),
        ("unsuitable", "Something went wrong on our side. It has been noted."),
        ("", "Microsoft 365 does not answer right now. Please try again in a minute."),
    ],
)
async def test_a_button_that_fails_says_a_sentence(
    teams: FakeTeams, how: str, sentence: str
) -> None:
    ines = teams.person("Ines")
    shown = await teams.message(ines, "card")
    answer = await teams.execute(ines, shown.post, Break.verb, {"how": how})
    assert (answer.status, answer.text) == (200, sentence)


async def test_a_button_may_edit_its_message_for_everybody(teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    shown = await teams.message(ines, "card")
    answer = await teams.execute(ines, shown.post, Break.verb, {"how": "edit"})
    assert answer.edited == [shown.post]
    assert shown.post.card["fallbackText"] == "Edited"


async def test_a_button_of_an_older_version_says_what_to_do(teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    shown = await teams.message(ines, "card")
    for verb in ("thing.unknown", Save.verb):
        answer = await teams.execute(ines, shown.post, verb, {})
        assert "earlier version" in answer.text


BAD_VALUES: list[Any] = [
    None,
    "words",
    [],
    {},
    {"action": None},
    {"action": "x"},
    {"action": {"type": "Action.Submit", "verb": "x"}},
    {"action": {"type": "Action.Execute"}},
    {"action": {"type": "Action.Execute", "verb": 5}},
    {"action": {"type": "Action.Execute", "verb": "x", "data": "y"}},
]


@pytest.mark.parametrize("value", BAD_VALUES, ids=repr)
async def test_a_malformed_button_is_refused_in_the_shape_of_teams(
    teams: FakeTeams, value: Any
) -> None:
    ines = teams.person("Ines")
    answer = await teams.invoke(ines, teams.personal_chat(ines), "adaptiveCard/action", value)
    assert (answer.status, answer.body["statusCode"], answer.error) == (200, 400, "BadRequest")


@pytest.mark.parametrize(
    "value", [None, "words", [], {}, {"data": "x"}, {"parameters": "x"}], ids=repr
)
@pytest.mark.parametrize(
    "name",
    [
        "task/fetch",
        "task/submit",
        "composeExtension/query",
        "composeExtension/queryLink",
        "composeExtension/fetchTask",
        "composeExtension/submitAction",
    ],
)
async def test_a_malformed_invoke_is_400(teams: FakeTeams, name: str, value: Any) -> None:
    ines = teams.person("Ines")
    answer = await teams.invoke(ines, teams.personal_chat(ines), name, value)
    assert (answer.status, answer.error) == (400, "BadRequest")


async def test_an_unknown_invoke_is_not_implemented(teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    for name in ("message/submitAction", "", "x"):
        answer = await teams.invoke(ines, teams.personal_chat(ines), name, {})
        assert answer.status == 501


# -- dialogs and the compose box ---------------------------------------------------------------


async def test_a_button_opens_a_dialog_whose_button_ends_it(wired: Wired, teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    shown = await teams.message(ines, "card")
    opened = await teams.open_dialog(ines, shown.post, "Open")
    assert opened.dialog is not None
    assert opened.dialog.title == "A dialog"
    ended = await teams.submit_dialog(ines, opened.dialog, "End", times=3)
    assert ended.text == "Ended"
    assert wired.handlers.saves == 1


async def test_a_dialog_of_an_older_version_says_what_to_do(teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    value = {"data": {"verb": "thing.unknown"}}
    answer = await teams.invoke(ines, teams.personal_chat(ines), "task/fetch", value)
    assert "earlier version" in answer.text


async def test_a_search_gives_rows_with_their_cards(wired: Wired, teams: FakeTeams) -> None:
    answer = await teams.query(teams.person("Ines"), "searchThings", "  wide   sea ", skip=25)
    assert [row.title for row in answer.rows] == ["One", "Two"]
    [query] = wired.handlers.asked
    assert query == Query(command_id="searchThings", text="wide sea", skip=25, count=25)


async def test_a_search_box_that_was_just_opened_says_so(wired: Wired, teams: FakeTeams) -> None:
    await teams.query(teams.person("Ines"), "searchThings")
    assert wired.handlers.asked == [Query(command_id="searchThings", initial=True)]


async def test_a_search_that_finds_nothing_says_so(teams: FakeTeams) -> None:
    answer = await teams.query(teams.person("Ines"), "searchThings", "nothing")
    assert (answer.text, answer.rows) == ("Nothing found", [])


async def test_an_unknown_search_says_what_to_do(teams: FakeTeams) -> None:
    answer = await teams.query(teams.person("Ines"), "searchElsewhere", "x")
    assert "earlier version" in answer.text


async def test_an_action_command_ends_with_a_card_in_the_message(
    wired: Wired, teams: FakeTeams
) -> None:
    ines = teams.person("Ines")
    opened = await teams.action_fetch(ines, "newThing")
    assert opened.dialog is not None
    ended = await teams.submit_dialog(ines, opened.dialog, "Insert", times=3)
    assert [row.title for row in ended.rows] == ["Inserted"]
    assert wired.handlers.saves == 1


async def test_an_action_on_a_message_brings_its_words(wired: Wired, teams: FakeTeams) -> None:
    await teams.action_fetch(
        teams.person("Ines"), "newThing", message="Lunch <b>on</b> Friday &amp; more", sender="Otto"
    )
    [composing] = wired.handlers.asked
    assert isinstance(composing, Composing)
    assert composing.context == "message"
    assert composing.message == QuotedMessage(
        text="Lunch on Friday & more",
        lines="Lunch on Friday & more",
        sender="Otto",
        link="https://teams.microsoft.com/l/message/19:x/1600000000001",
    )


async def test_a_link_becomes_a_card(teams: FakeTeams) -> None:
    answer = await teams.unfurl(teams.person("Ines"), "https://almanac.example/e/1")
    assert [row.title for row in answer.rows] == ["https://almanac.example/e/1"]


# -- the life of places ------------------------------------------------------------------------


async def test_an_installation_is_welcomed_once(wired: Wired, teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    answer = await teams.install(ines)
    assert [post.text for post in answer.posts] == ["Welcome"]
    [happening] = wired.handlers.happened
    assert happening.change is Change.INSTALLED
    assert happening.fresh
    assert happening.person is not None


async def test_an_update_is_no_fresh_installation(wired: Wired, teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    chat = teams.personal_chat(ines)
    await teams.deliver(
        teams.activity("installationUpdate", ines, chat, action="add-upgrade"), chat
    )
    await teams.uninstall(ines)
    upgraded, gone = wired.handlers.happened
    assert (upgraded.change, upgraded.fresh) == (Change.INSTALLED, False)
    assert gone.change is Change.UNINSTALLED


async def test_members_come_and_go(wired: Wired, teams: FakeTeams) -> None:
    ines, otto = teams.person("Ines"), teams.person("Otto")
    channel = teams.channel("General", [ines])
    await teams.members_added(channel, otto)
    await teams.members_removed(channel, otto)
    came, left = wired.handlers.happened
    assert came.change is Change.MEMBERS_ADDED
    assert [member.teams_id for member in came.members] == [otto.teams_id]
    assert left.change is Change.MEMBERS_REMOVED
    assert left.left == (otto.teams_id,)


@pytest.mark.parametrize(
    ("event", "change"),
    [
        ("channelCreated", Change.CHANNEL_CREATED),
        ("channelRenamed", Change.CHANNEL_RENAMED),
        ("channelDeleted", Change.CHANNEL_DELETED),
        ("channelRestored", Change.CHANNEL_RESTORED),
    ],
)
async def test_a_channel_is_followed_under_its_own_id(
    wired: Wired, teams: FakeTeams, event: str, change: Change
) -> None:
    ines = teams.person("Ines")
    channel = teams.channel("Boats", [ines])
    await teams.place_event(event, ines, channel)
    [happening] = wired.handlers.happened
    assert happening.change is change
    assert (happening.conversation.id, happening.conversation.name) == (channel.id, "Boats")


@pytest.mark.parametrize(
    ("event", "change"),
    [
        ("teamRenamed", Change.TEAM_RENAMED),
        ("teamDeleted", Change.TEAM_DELETED),
        ("teamHardDeleted", Change.TEAM_DELETED),
        ("teamArchived", Change.TEAM_ARCHIVED),
        ("teamUnarchived", Change.TEAM_UNARCHIVED),
        ("teamRestored", Change.TEAM_RESTORED),
    ],
)
async def test_a_team_is_followed_under_the_id_of_its_general_channel(
    wired: Wired, teams: FakeTeams, event: str, change: Change
) -> None:
    ines = teams.person("Ines")
    general = teams.channel("General", [ines])
    await teams.place_event(event, ines, general)
    [happening] = wired.handlers.happened
    assert happening.change is change
    assert happening.conversation.id == happening.conversation.team_id == general.team_id
    assert happening.conversation.team_name == "Harbour"


async def test_a_group_chat_that_is_renamed_has_its_new_name(
    wired: Wired, teams: FakeTeams
) -> None:
    ines = teams.person("Ines")
    chat = teams.group_chat("lunch", [ines, teams.person("Otto")])
    renamed = teams.activity("conversationUpdate", ines, chat, topicName="Dinner")
    await teams.deliver(renamed, chat)
    [happening] = wired.handlers.happened
    assert (happening.change, happening.conversation.name) == (Change.CHAT_RENAMED, "Dinner")


async def test_an_event_of_a_new_kind_is_passed_over(wired: Wired, teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    answer = await teams.place_event("channelPainted", ines, teams.channel("General", [ines]))
    assert answer.status == 201
    assert not wired.handlers.happened
