"""Links of the person who asks: how one stands, its settings, a new one, letting one go.

All of it happens in the person's own chat, from the account card on. What could be linked is asked
of Outlook while they wait, since they asked for just that; everything else answers from what is
stored.
"""

from __future__ import annotations

import asyncio

from bot.handlers.not_taken import why_not_taken
from bot.handlers.open_books import OpenBooks, own_view
from bot.handlers.private import in_private
from bot.replies import Dialog, Done, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.accounts.account import connect_contacts_card
from cards.accounts.link_actions import (
    LinkAdd,
    LinkAgain,
    LinkAnswer,
    LinkListYes,
    LinkOffers,
    LinkOfList,
    LinkRemove,
    LinkRemoveYes,
    LinkSave,
    LinkSettingsEdit,
    LinkShow,
)
from cards.accounts.link_form import link_form, link_values, read_link_form, typed_link
from cards.accounts.linked import Fate, Linked
from cards.accounts.links import (
    BOOK,
    CALENDAR,
    NEW,
    link_card,
    list_offer,
    offers_card,
    unlink_question,
    unlinked_card,
)
from cards.elements import Card
from cards.form import Mode
from cards.wording import say
from services.accounts.accounts import Accounts
from services.accounts.links import Links, Offers
from services.graph.remote_event import RemoteCalendar
from services.model.accounts import AccountState, Link, LinkId
from services.model.books import BookId, BookKind
from services.model.errors import (
    AlmanacError,
    ConsentNeeded,
    InvalidInput,
    Stale,
    Unreachable,
)
from services.model.identity import ConversationKind
from services.model.links import Word

__all__ = ["LinkHandlers", "linked", "register"]

PATIENCE = 3.0
"""Seconds that Outlook gets to list its calendars; Teams waits for five."""


class LinkHandlers:
    """Answers about the links of whoever asks."""

    def __init__(self, accounts: Accounts, links: Links, books: OpenBooks) -> None:
        self._accounts = accounts
        self._links = links
        self._books = books

    async def show(self, turn: Turn, action: LinkShow) -> Replies:
        """The button: how one link stands."""
        return Replace(await self._card(turn, action.link))

    async def offers(self, turn: Turn, action: LinkOffers) -> Replies:
        """The button: what else could be linked."""
        offers = await self._asked_outlook(turn)
        books = [await self._books.named(book, turn.language) for book in offers.books]
        calendars = [(each.id, each.name) for each in offers.calendars]
        return Replace(offers_card(books, calendars, own_view(turn)))

    async def add(self, turn: Turn, action: LinkAdd) -> Replies:
        """The form: link what was chosen."""
        offers = await self._asked_outlook(turn)
        book_id, chosen = (str(turn.value.get(name, "")) for name in (BOOK, CALENDAR))
        calendar = next((each for each in offers.calendars if each.id == chosen), None)
        if calendar is None and chosen != NEW:
            raise Stale("this Outlook calendar is gone, or has a link")
        return await self._tied(turn, BookId(book_id), calendar)

    async def of_list(self, turn: Turn, action: LinkOfList) -> Replies:
        """A contact list's button: how it stands in the Outlook of whoever presses."""
        seen = await self._books.called(turn, action.book)
        link = await self._links.of_book(turn.person, action.book)
        if link is None:
            return Replace(list_offer(seen.book, own_view(turn)))
        return Replace(await self._card(turn, link.id))

    async def link_list(self, turn: Turn, action: LinkListYes) -> Replies:
        """Link a contact list with a folder of its own."""
        return await self._tied(turn, action.book, None)

    async def _asked_outlook(self, turn: Turn) -> Offers:
        """Return what could be linked; Outlook gets no more time than Teams has."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._links.offers(turn.person)
        except TimeoutError as err:
            raise Unreachable("calendars") from err

    async def _tied(self, turn: Turn, book_id: BookId, calendar: RemoteCalendar | None) -> Replies:
        """Link a book; contacts may have to be approved first."""
        book = (await self._books.called(turn, book_id)).book
        own = say(turn.language, "{name} (Almanac)", name=book.name or OWN_NAMES[book.kind])
        is_list = book.kind is BookKind.CONTACTS
        try:
            link = await self._links.add(
                turn.person,
                book.id,
                name=calendar.name if calendar and not is_list else own,
                calendar=calendar.id if calendar else None,
            )
        except ConsentNeeded:
            accounts = self._accounts
            url = await accounts.start_contacts(turn.person, turn.language, book.id, own)
            return Replace(connect_contacts_card(url, own_view(turn)))
        said = say(turn.language, "Linked. The first sync is on its way.")
        return Replace(await self._card(turn, link.id, said))

    async def edit(self, turn: Turn, action: LinkSettingsEdit) -> Replies:
        """The button: the form of the settings, in the card's place."""
        return Replace(await self._form(turn, action.link), is_form=True)

    async def open(self, turn: Turn, action: LinkSettingsEdit) -> Replies:
        """The button: the form in a dialog."""
        return self._window(turn, await self._form(turn, action.link, mode=Mode.DIALOG))

    async def save(self, turn: Turn, action: LinkSave) -> Replies:
        """The form in the chat: go by these settings from now on."""
        again = await self._saved(turn, action, Mode.CHAT)
        if again is not None:
            return Replace(again, is_form=True)
        return Replace(await self._card(turn, action.link, say(turn.language, "Saved.")))

    async def save_in_dialog(self, turn: Turn, action: LinkSave) -> Replies:
        """The form in the dialog: the same, and the link as it is now in the person's own chat."""
        again = await self._saved(turn, action, Mode.DIALOG)
        if again is not None:
            return self._window(turn, again)
        said = say(turn.language, "Saved.")
        if turn.kind is not ConversationKind.PERSONAL:  # where others would read it
            return Done(said)
        return [Say(card=await self._card(turn, action.link, said)), Done()]

    async def answer(self, turn: Turn, action: LinkAnswer) -> Replies:
        """Take the answer to what a link asks, if it still asks that."""
        link = await self._links.get(turn.person, action.link)
        if action.about and (link.doomed is None or link.doomed.key != action.about):
            said = say(turn.language, "This has changed meanwhile: please look again.")
            return Replace(await self._card(turn, action.link, said))
        await self._links.answer(turn.person, action.link, Word(action.word))
        said = say(turn.language, ANSWERED[Word(action.word)])
        return Replace(await self._card(turn, action.link, said))

    async def make_again(self, turn: Turn, action: LinkAgain) -> Replies:
        """Make the Outlook calendar anew."""
        link = await self._links.make_again(turn.person, action.link)
        said = say(turn.language, "It is being made again.")
        return Replace(await self._card(turn, link.id, said))

    async def ask_remove(self, turn: Turn, action: LinkRemove) -> Replies:
        """Ask what should become of the copies."""
        link = await self._links.get(turn.person, action.link)
        return Replace(unlink_question(await self._linked(turn, link), own_view(turn)))

    async def remove(self, turn: Turn, action: LinkRemoveYes) -> Replies:
        """Let the link go."""
        await self._links.remove(turn.person, action.link, keep_copies=action.keep)
        account = (await self._accounts.status(turn.person)).account
        is_shut = account is not None and account.state is not AccountState.CONNECTED
        fate = Fate.KEPT if action.keep else Fate.LATER if is_shut else Fate.REMOVED
        return Replace(unlinked_card(own_view(turn), fate))

    async def _saved(self, turn: Turn, action: LinkSave, mode: Mode) -> Card | None:
        """Go by a form; return it again, as it was typed, where it cannot be taken."""
        link = await self._links.get(turn.person, action.link)
        shown, typed = await self._linked(turn, link), typed_link(turn.value)
        try:
            settings = read_link_form(turn.value, link.settings)
            await self._links.change(turn.person, link.id, settings)
        except InvalidInput as err:
            return link_form(shown, typed, own_view(turn), problems=err.problems, mode=mode)
        except AlmanacError as err:
            said = why_not_taken(turn, mode, err)
            return link_form(shown, typed, own_view(turn), mode=mode, said=said)
        return None

    async def _card(self, turn: Turn, id: LinkId, said: str = "") -> Card:
        link = await self._links.get(turn.person, id)
        return link_card(await self._linked(turn, link), own_view(turn), said=said)

    async def _form(self, turn: Turn, id: LinkId, mode: Mode = Mode.CHAT) -> Card:
        link = await self._links.get(turn.person, id)
        shown = await self._linked(turn, link)
        return link_form(shown, link_values(link.settings), own_view(turn), mode=mode)

    def _window(self, turn: Turn, form: Card) -> Dialog:
        title = say(turn.language, "Settings of the link")
        return Dialog(title=title, card=form, height="large")

    async def _linked(self, turn: Turn, link: Link) -> Linked:
        return await linked(self._links, self._books, link, turn.language)


OWN_NAMES = {BookKind.CALENDAR: "Group chat", BookKind.CONTACTS: "Group chat contacts"}
"""What a book is called in Outlook whose chat has no name."""
ANSWERED = {
    Word.NONE: "",
    Word.START: "The first sync has started: look again in a few seconds.",
    Word.DELETE: "They are being deleted.",
    Word.KEEP: "They are being put back.",
    Word.RETRY: "They are tried again: look again in a few seconds.",
}


async def linked(links: Links, books: OpenBooks, link: Link, language: str) -> Linked:
    """Return a link as its card names it: what it has set aside, and when it is looked at next."""
    book = await links.book_of(link)
    named = None if book is None else await books.named(book, language)
    asides = await links.set_aside(link.person, link.id) if link.tally.set_aside else ()
    ahead = await links.prospect(link)
    return Linked(link, named, asides, ahead.account, ahead.next_at, ahead.breaks_off)


def register(router: Router, handlers: LinkHandlers) -> None:
    """Fill in the rows."""
    router.verb(LinkShow, handlers.show)
    router.verb(LinkOffers, in_private(handlers.offers))
    router.verb(LinkAdd, handlers.add)
    router.verb(LinkOfList, in_private(handlers.of_list))
    router.verb(LinkListYes, handlers.link_list)
    router.verb(LinkSettingsEdit, handlers.edit)
    router.dialog(LinkSettingsEdit, handlers.open)
    router.verb(LinkSave, handlers.save)
    router.submit(LinkSave, handlers.save_in_dialog)
    router.verb(LinkAnswer, handlers.answer)
    router.verb(LinkAgain, handlers.make_again)
    router.verb(LinkRemove, handlers.ask_remove)
    router.verb(LinkRemoveYes, handlers.remove)
