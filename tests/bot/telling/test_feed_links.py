"""An entry of the activity feed leads to the message that shows its event, where there is one."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest

from bot.telling.feed_links import message_link
from services.model.books import BookId
from services.model.identity import ConversationKind
from services.model.posts import Post
from tests._builders import a_channel
from tests._fakes import NOON

CHANNEL = a_channel()
POST = Post(
    conversation=CHANNEL.id,
    activity_id="1700",
    book=BookId("b"),
    posted_at=NOON,
    thread="1600",
)
START = f"https://teams.microsoft.com/l/message/{quote(CHANNEL.id)}"


def test_a_reply_in_a_channel_is_named_with_what_it_replies_to() -> None:
    named = message_link(POST, CHANNEL, "group-1")
    about = f"tenantId={CHANNEL.tenant}&groupId=group-1&parentMessageId="
    assert named == f"{START}/1700?{about}1600"
    alone = message_link(replace(POST, thread=""), CHANNEL, "group-1")
    assert alone == f"{START}/1700?{about}1700"


def test_a_message_of_a_group_chat_says_that_it_is_of_a_chat() -> None:
    chat = replace(CHANNEL, kind=ConversationKind.GROUP)
    named = message_link(POST, chat, "")
    assert named == f"{START}/1700?context=%7B%22contextType%22%3A%22chat%22%7D"


@pytest.mark.parametrize("kind", [ConversationKind.CHANNEL, ConversationKind.PERSONAL])
def test_where_no_address_can_be_known_there_is_none(kind: ConversationKind) -> None:
    assert message_link(POST, replace(CHANNEL, kind=kind), "") == ""
