"""A person's Microsoft account: connect, how it stands, sync now, disconnect.

What an account is called and when it synced is its owner's business: words in a channel are told
where to ask, and a button there answers the one who pressed it alone.
"""

from __future__ import annotations

from bot.handlers.accounts.links import linked
from bot.handlers.open_books import OpenBooks, own_view
from bot.handlers.private import in_private
from bot.replies import Edit, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.accounts.account import (
    account_card,
    connect_card,
    disconnect_question,
    disconnected_card,
)
from cards.accounts.account_actions import (
    AccountApproval,
    AccountConnect,
    AccountDisconnect,
    AccountDisconnectYes,
    AccountShow,
    AccountSyncNow,
)
from cards.accounts.approval import approval_card
from cards.accounts.linked import Fate
from cards.wording import say
from services.accounts.accounts import Accounts
from services.accounts.approvals import Approvals
from services.accounts.links import Links
from services.model.accounts import AccountState
from services.model.identity import ConversationKind
from services.phrases import Connect, Disconnect, ShowAccount

__all__ = ["AccountHandlers", "register"]


class AccountHandlers:
    """Answers about the account of whoever asks."""

    def __init__(
        self, accounts: Accounts, approvals: Approvals, links: Links, books: OpenBooks
    ) -> None:
        self._accounts = accounts
        self._approvals = approvals
        self._links = links
        self._books = books

    async def say_connect(self, turn: Turn, command: Connect) -> Replies:
        """``connect``: the way to the sign-in page."""
        url = await self._accounts.start(turn.person, turn.language)
        return Say(card=connect_card(url, own_view(turn)))

    async def say_account(self, turn: Turn, command: ShowAccount) -> Replies:
        """``account``: how it stands."""
        return Say(card=await self._card(turn))

    async def say_disconnect(self, turn: Turn, command: Disconnect) -> Replies:
        """``disconnect``: the question what should become of the copies."""
        status = await self._accounts.status(turn.person)
        if status.account is None:
            return Say(card=account_card(None, (), own_view(turn)))
        return Say(card=disconnect_question(own_view(turn)))

    async def connect(self, turn: Turn, action: AccountConnect) -> Replies:
        """The button: the way to the sign-in page, in the card's place."""
        url = await self._accounts.start(turn.person, turn.language)
        return Replace(connect_card(url, own_view(turn)))

    async def ask_approval(self, turn: Turn, action: AccountApproval) -> Replies:
        """The button: the link for the administrator, in the card's place."""
        url = await self._approvals.ask(turn.person)
        return Replace(approval_card(url, own_view(turn)))

    async def show(self, turn: Turn, action: AccountShow) -> Replies:
        """The button: how it stands."""
        return Replace(await self._card(turn))

    async def sync_now(self, turn: Turn, action: AccountSyncNow) -> Replies:
        """Wake the sync; nobody waits for it."""
        await self._links.sync_now(turn.person)
        said = say(turn.language, "The sync is on its way: look again in a few seconds.")
        return Replace(await self._card(turn, said))

    async def ask_disconnect(self, turn: Turn, action: AccountDisconnect) -> Replies:
        """Ask what should become of the copies."""
        return Replace(disconnect_question(own_view(turn)))

    async def disconnect(self, turn: Turn, action: AccountDisconnectYes) -> Replies:
        """Forget the account."""
        account = (await self._accounts.status(turn.person)).account
        is_shut = account is not None and account.state is not AccountState.CONNECTED
        await self._accounts.disconnect(turn.person, action.keep)
        fate = Fate.KEPT if action.keep else Fate.LEFT if is_shut else Fate.REMOVED
        card = disconnected_card(own_view(turn), fate)
        own = Replace(card)
        return [Edit(card=card), own] if turn.kind is ConversationKind.PERSONAL else own

    async def _card(self, turn: Turn, said: str = "") -> dict[str, object]:
        status = await self._accounts.status(turn.person)
        shown = [
            await linked(self._links, self._books, link, turn.language) for link in status.links
        ]
        return account_card(status.account, shown, own_view(turn), said=said)


def register(router: Router, handlers: AccountHandlers) -> None:
    """Fill in the rows."""
    router.command(Connect, in_private(handlers.say_connect))
    router.command(ShowAccount, in_private(handlers.say_account))
    router.command(Disconnect, in_private(handlers.say_disconnect))
    router.verb(AccountConnect, handlers.connect)
    router.verb(AccountApproval, handlers.ask_approval)
    router.verb(AccountShow, handlers.show)
    router.verb(AccountSyncNow, handlers.sync_now)
    router.verb(AccountDisconnect, handlers.ask_disconnect)
    router.verb(AccountDisconnectYes, handlers.disconnect)
