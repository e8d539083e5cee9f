"""The SDK's own roads (``continue_conversation``, ``send_activity``) lead through our connector."""

from __future__ import annotations

import pytest
from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ConversationAccount, ConversationReference

from bot.adapter import AlmanacAdapter
from bot.connector import Connector, open_session
from bot.trust.clouds import ServiceUrls
from bot.trust.gate import OpenGate
from tests._fakes import FrozenClock
from tests._teams import FakeTeams
from tests.bot._wired import APP_ID, FakeCredentials


async def test_a_conversation_can_be_continued_the_way_of_the_sdk() -> None:
    clock = FrozenClock()
    async with FakeTeams(APP_ID, clock.now) as teams, open_session() as session:
        trusted = ServiceUrls(origins=frozenset({teams.origin}))
        connector = Connector(session, FakeCredentials(teams.bot_token), trusted, clock)
        adapter = AlmanacAdapter(OpenGate(trusted), connector, APP_ID)
        chat = teams.personal_chat(teams.person("Ines"))
        reference = ConversationReference(
            activity_id="1",
            channel_id="msteams",
            service_url=teams.service_url,
            conversation=ConversationAccount(id=chat.id),
        )

        async def speak(context: TurnContext) -> None:
            first = await context.send_activity("hello")
            await context.update_activity(Activity(type="message", id=first.id, text="bye"))
            second = await context.send_activity("oops")
            await context.delete_activity(second.id)

        await adapter.continue_conversation(reference, speak, APP_ID)
        first, second = teams.connector.posts
        assert (first.text, first.edits) == ("bye", 1)
        assert second.deleted


async def test_nothing_gets_in_by_the_sdks_own_check_of_tokens() -> None:
    clock = FrozenClock()
    async with open_session() as session:
        trusted = ServiceUrls()
        connector = Connector(session, FakeCredentials(""), trusted, clock)
        adapter = AlmanacAdapter(OpenGate(trusted), connector, APP_ID)

        async def never(context: TurnContext) -> None:
            raise AssertionError

        with pytest.raises(PermissionError):
            await adapter.process_activity("Bearer x", Activity(type="message"), never)
