"""What administrators have done on behalf of others, and to the whole organisation.

In the personal chat alone. Everybody else reads one sentence, whatever they ask for.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.handlers.open_books import own_view
from bot.handlers.private import in_private
from bot.replies import Card, Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.people.admin_actions import (
    AdminEnd,
    AdminEndYes,
    AdminEraseYes,
    AdminExportYes,
    AdminShow,
    AdminStay,
)
from cards.people.administration import (
    admin_card,
    end_question,
    erase_for_question,
    export_for_question,
)
from cards.wording import say
from services.model.errors import NotAllowed
from services.model.identity import ObjectId
from services.people.administrators import Administrators
from services.phrases import EndOrganisation, EraseDataOf, ExportDataOf, ShowAdmin

__all__ = ["AdminHandlers", "register"]

OBJECT_ID = re.compile(r"[0-9a-z][0-9a-z._-]{0,63}")
"""Entra's are GUIDs; the sandbox knows shorter ones."""
FOR_ADMINS = (
    "Only the administrators of your organisation can do this. "
    "Whoever runs Almanac says who they are."
)
NO_ID = (
    "Please name the person by the object id that Entra shows for them: “{command} "
    "8a1d6c3f-7b52-4e0e-9c47-d35b0e82f614”."
)
A = TypeVar("A")


class AdminHandlers:
    """Answers administrators; ``grace`` is how long an organisation's data outlives its end."""

    def __init__(self, admins: Administrators, grace: timedelta) -> None:
        self._admins = admins
        self._grace = grace

    async def show(self, turn: Turn, asked: ShowAdmin) -> Replies:
        """``admin``: what was done, and what can be."""
        return Say(card=await self._overview(turn))

    async def show_again(self, turn: Turn, action: AdminShow) -> Replies:
        """The button: as it is now."""
        return Replace(await self._overview(turn))

    async def ask_export(self, turn: Turn, command: ExportDataOf) -> Replies:
        """``export data of …``: the question."""
        whom = command.whom.lower()
        name = await self._admins.name_of(turn.person, ObjectId(whom))
        if not OBJECT_ID.fullmatch(whom):
            return Tell(say(turn.language, NO_ID, command="export data of"))
        return Say(card=export_for_question(ObjectId(whom), name, own_view(turn)))

    async def ask_erase(self, turn: Turn, command: EraseDataOf) -> Replies:
        """``erase data of …``: the question."""
        whom = command.whom.lower()
        name = await self._admins.name_of(turn.person, ObjectId(whom))
        if not OBJECT_ID.fullmatch(whom):
            return Tell(say(turn.language, NO_ID, command="erase data of"))
        return Say(card=erase_for_question(ObjectId(whom), name, own_view(turn)))

    async def ask_end(self, turn: Turn, command: EndOrganisation) -> Replies:
        """``erase this organisation``: the question."""
        await self._admins.overview(turn.person)
        return Say(card=end_question(self._grace.days, own_view(turn)))

    async def end_pressed(self, turn: Turn, action: AdminEnd) -> Replies:
        """The button: the question."""
        await self._admins.overview(turn.person)
        return Replace(end_question(self._grace.days, own_view(turn)))

    async def export(self, turn: Turn, action: AdminExportYes) -> Replies:
        """It is meant."""
        await self._admins.ask_export(turn.person, action.whom)
        said = say(turn.language, "It is being put together: you get a message here.")
        return Replace(await self._overview(turn, said))

    async def erase(self, turn: Turn, action: AdminEraseYes) -> Replies:
        """It is meant."""
        await self._admins.ask_erasure(turn.person, action.whom)
        said = say(turn.language, "It is being erased: you get a message here.")
        return Replace(await self._overview(turn, said))

    async def end(self, turn: Turn, action: AdminEndYes) -> Replies:
        """It is meant."""
        await self._admins.ask_end(turn.person)
        return Replace(await self._overview(turn))

    async def stay(self, turn: Turn, action: AdminStay) -> Replies:
        """Nothing ends."""
        await self._admins.stay(turn.person)
        return Replace(await self._overview(turn, say(turn.language, "Nothing is erased.")))

    def guarded(
        self, handler: Callable[[Turn, A], Awaitable[Replies]]
    ) -> Callable[[Turn, A], Awaitable[Replies]]:
        """Return the handler, with a sentence for other places and other people."""

        async def answer(turn: Turn, asked: A) -> Replies:
            try:
                return await handler(turn, asked)
            except NotAllowed:
                return Tell(say(turn.language, FOR_ADMINS))

        return in_private(answer)

    async def _overview(self, turn: Turn, said: str = "") -> Card:
        seen = await self._admins.overview(turn.person)
        return admin_card(seen.deeds, seen.ends_at, own_view(turn), said=said)


def register(router: Router, handlers: AdminHandlers) -> None:
    """Fill in the rows."""
    guarded = handlers.guarded
    router.command(ShowAdmin, guarded(handlers.show))
    router.command(ExportDataOf, guarded(handlers.ask_export))
    router.command(EraseDataOf, guarded(handlers.ask_erase))
    router.command(EndOrganisation, guarded(handlers.ask_end))
    router.verb(AdminShow, guarded(handlers.show_again))
    router.verb(AdminExportYes, guarded(handlers.export))
    router.verb(AdminEraseYes, guarded(handlers.erase))
    router.verb(AdminEnd, guarded(handlers.end_pressed))
    router.verb(AdminEndYes, guarded(handlers.end))
    router.verb(AdminStay, guarded(handlers.stay))
