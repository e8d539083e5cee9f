"""Reading, where it takes more than the journeys of test_activity_bot."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.reading import client_language, client_zone, read_turn
from bot.turn import Trigger, Way
from bot.wire import Malformed

BOT = "28:bot"


def a_message(text: str, *mentions: tuple[str, str], **given: Any) -> dict[str, Any]:
    entities = [
        {"type": "mention", "text": spoken, "mentioned": {"id": id}} for spoken, id in mentions
    ]
    message: dict[str, Any] = {
        "type": "message",
        "id": "1",
        "text": text,
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "from": {"id": "29:ines", "name": "Ines", "aadObjectId": "AAAA-1"},
        "recipient": {"id": BOT},
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "TTTT-1"},
        "entities": entities,
    }
    return message | given


@pytest.mark.parametrize(
    ("text", "mentions", "words"),
    [
        ("<at>Almanac</at> agenda", [("<at>Almanac</at>", BOT)], "agenda"),
        ("agenda <at>Almanac</at>&nbsp;\n", [("<at>Almanac</at>", BOT)], "agenda"),
        ("<at>Almanac</at><at>Almanac</at>help", [("<at>Almanac</at>", BOT)], "help"),
        (
            "<at>Almanac</at> lunch with <at>Ines B.</at> friday",
            [("<at>Almanac</at>", BOT), ("<at>Ines B.</at>", "29:ines")],
            "lunch with Ines B. friday",
        ),
        ("  two\u00a0words \t\n here ", [], "two words here"),
        ("A&amp;B at 5 &lt; 6", [], "A&B at 5 < 6"),
        ("1 < 2 > 0", [], "1 < 2 > 0"),
        ("", [], ""),
    ],
)
def test_words_come_without_the_mention_of_the_bot(
    text: str, mentions: list[tuple[str, str]], words: str
) -> None:
    turn, ask = read_turn(a_message(text, *mentions))
    assert (turn.text, ask.way) == (words, Way.CHAT)


def test_people_are_known_by_their_entra_ids_in_one_spelling() -> None:
    turn, _ = read_turn(a_message("x"))
    assert (turn.person.tenant, turn.person.object_id) == ("tttt-1", "aaaa-1")


def test_a_guest_belongs_to_their_own_tenant() -> None:
    sender = {"id": "29:o", "aadObjectId": "b", "tenantId": "OTHER"}
    turn, _ = read_turn(a_message("x", **{"from": sender}))
    assert turn.person.tenant == "other"
    assert turn.conversation.tenant == "tttt-1"


def test_zone_and_language_come_from_the_client_or_stay_neutral() -> None:
    info = {"type": "clientInfo", "timezone": "Asia/Tokyo", "locale": "ja-JP"}
    assert client_zone({"localTimezone": "Europe/Paris", "entities": [info]}).key == "Europe/Paris"
    assert client_zone({"localTimezone": "Nowhere/At All", "entities": [info]}).key == "Asia/Tokyo"
    assert client_zone({"localTimezone": "../../etc/passwd"}).key == "UTC"
    assert client_zone({"localTimezone": 5}).key == "UTC"
    assert client_language({"entities": [info]}) == "ja-JP"
    assert client_language({"locale": "en_US; DROP"}) == "en"


def test_a_refresh_by_the_client_is_told_apart() -> None:
    action = {"type": "Action.Execute", "verb": "x", "data": {"verb": "y", "a": "b"}}
    value = {"action": action, "trigger": "automatic"}
    turn, ask = read_turn(
        a_message("", type="invoke", name="adaptiveCard/action", value=value, replyToId="7")
    )
    assert (turn.trigger, turn.reply_to_id, ask.key) == (Trigger.AUTOMATIC, "7", "x")
    assert turn.value == {"verb": "x", "a": "b"}  # the action's verb counts


@pytest.mark.parametrize(
    "options", [{"skip": "0"}, {"count": 2.5}, {"skip": True}, {"count": []}], ids=repr
)
def test_odd_numbers_are_refused(options: dict[str, Any]) -> None:
    value = {"commandId": "x", "queryOptions": options}
    with pytest.raises(Malformed):
        read_turn(a_message("", type="invoke", name="composeExtension/query", value=value))


def test_pages_stay_within_bounds() -> None:
    value = {"commandId": "x", "queryOptions": {"skip": -5, "count": 10_000}}
    _, ask = read_turn(a_message("", type="invoke", name="composeExtension/query", value=value))
    assert (ask.detail.skip, ask.detail.count) == (0, 25)


def test_a_quoted_message_of_brackets_alone_is_read_as_quickly_as_any() -> None:
    body = {"contentType": "html", "content": "<" * 500_000}
    value = {"commandId": "newEvent", "messagePayload": {"body": body}}
    invoke = a_message("", type="invoke", name="composeExtension/fetchTask", value=value)
    began = time.process_time()
    read_turn(invoke)
    assert time.process_time() - began < 1
