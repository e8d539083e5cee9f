"""A person's own data, as a whole: to have it, or to have it erased. In the personal chat alone."""

from __future__ import annotations

from bot.handlers.open_books import own_view
from bot.handlers.private import in_private
from bot.replies import Edit, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.accounts.account_actions import DataErase, DataEraseYes, DataExport
from cards.people.my_data import erase_question, erased_card, export_begun_card
from services.model.identity import ConversationKind
from services.people.my_data import MyData
from services.phrases import EraseData, ExportData

__all__ = ["MyDataHandlers", "register"]


class MyDataHandlers:
    """Answers for whoever asks about themselves."""

    def __init__(self, my_data: MyData) -> None:
        self._my_data = my_data

    async def say_export(self, turn: Turn, command: ExportData) -> Replies:
        """``export my data``: it is put together in the background."""
        await self._my_data.ask_export(turn.person)
        return Say(card=export_begun_card(own_view(turn)))

    async def say_erase(self, turn: Turn, command: EraseData) -> Replies:
        """``erase my data``: what would go, and the question."""
        return Say(card=erase_question(own_view(turn)))

    async def export(self, turn: Turn, action: DataExport) -> Replies:
        """The button: the same."""
        await self._my_data.ask_export(turn.person)
        return Replace(export_begun_card(own_view(turn)))

    async def ask(self, turn: Turn, action: DataErase) -> Replies:
        """The button: the question."""
        return Replace(erase_question(own_view(turn)))

    async def erase(self, turn: Turn, action: DataEraseYes) -> Replies:
        """It is meant: begin."""
        await self._my_data.ask_erasure(turn.person)
        card = erased_card(None, own_view(turn))
        own = Replace(card)
        return [Edit(card=card), own] if turn.kind is ConversationKind.PERSONAL else own


def register(router: Router, handlers: MyDataHandlers) -> None:
    """Fill in the rows."""
    router.command(ExportData, in_private(handlers.say_export))
    router.command(EraseData, in_private(handlers.say_erase))
    router.verb(DataExport, handlers.export)
    router.verb(DataErase, handlers.ask)
    router.verb(DataEraseYes, handlers.erase)
