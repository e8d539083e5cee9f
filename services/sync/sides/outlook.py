"""The remote side of a link, as narrow as a sync needs it.

:class:`Outlook` is what the engine asks for; :class:`OutlookCalendar` is one calendar of a mailbox
behind it, and :func:`outlook_side` opens what a link names: a calendar, or a contact folder
(:mod:`services.sync.sides.outlook_contacts`). "Not there" is ``None``, "changed meanwhile" is
``Stale``: what a sync does next depends on these two, and on no status or code of a service.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from services.graph.delta import Window, read_changes
from services.graph.folders import CALENDARS, has_folder
from services.graph.mailbox import DUPLICATE, Mailbox
from services.graph.remote_event import RemoteEvent
from services.graph.remote_item import DeltaPage, RemoteItem
from services.graph.series_exceptions import settle_exceptions
from services.model.accounts import Link, RemoteId
from services.model.books import Book, BookKind
from services.model.errors import NotFound, Rejected, Stale
from services.model.events import EventContent
from services.model.pairs import Cursor
from services.sync.content.canonical import Group, differing
from services.sync.sides.outlook_contacts import OutlookContacts
from services.sync.sides.refusals import stale_if_changed

__all__ = ["Outlook", "OutlookCalendar", "outlook_side"]

C = TypeVar("C")


class Outlook(Protocol[C]):
    """One calendar, or one contact folder."""

    def changes(self, cursor: Cursor) -> AsyncIterator[DeltaPage[C]]:
        """Yield what changed since the cursor; with no delta link yet, all that is in its window.

        Raises:
            Expired: the service no longer knows the cursor.
            NotFound: there is no such calendar or folder any more.
        """

    async def find(self, id: RemoteId) -> RemoteItem[C] | None:
        """Return the item as it is now, ``None`` where it is gone.

        Raises:
            NotFound: so is its calendar.
            Unreadable: it is there, but cannot be said in our words.
        """

    async def holds(self, id: RemoteId) -> bool:
        """Return whether an item that is there is here, and was not moved to another calendar.

        Where that cannot be told for certain, it is here.
        """

    async def tagged(self, tag: str) -> Sequence[RemoteItem[C]]:
        """Return what carries our tag: our own item, and copies that people made of it.

        Where items have no transaction id, the first made comes first.
        """

    def payload(self, content: C, transaction_id: str, tag: str) -> bytes:
        """Return the exact body of a create. Exceptions of a series are not part of it."""

    async def create(self, payload: bytes) -> RemoteItem[C]:
        """Send a body of :meth:`payload`.

        Raises:
            Stale: it arrived before, under the same transaction id.
        """

    async def update(self, seen: RemoteItem[C], content: C) -> RemoteItem[C]:
        """Make an item that is as ``seen`` say ``content``; return it as it is then.

        Raises:
            Stale: it has changed, or gone, since it was seen.
        """

    async def delete(self, seen: RemoteItem[C]) -> None:
        """Delete an item that is as ``seen``; one that is gone is as good.

        Raises:
            Stale: it has changed since it was seen.
        """


class OutlookCalendar:
    """A calendar of a mailbox in Microsoft 365."""

    def __init__(self, mailbox: Mailbox, calendar: RemoteId) -> None:
        self._mailbox = mailbox
        self._calendar = calendar
        self._is_there = False
        """Whether the calendar itself has been seen in this pass."""

    async def changes(self, cursor: Cursor) -> AsyncIterator[DeltaPage[EventContent]]:
        """See :meth:`Outlook.changes`."""
        since = cursor.delta_link or Window(cursor.window_start, cursor.window_end)
        try:
            async for page in read_changes(self._mailbox, self._calendar, since):
                yield page
        except Rejected as err:
            if err.is_gone:
                raise NotFound("calendar") from err
            raise

    async def find(self, id: RemoteId) -> RemoteEvent | None:
        """See :meth:`Outlook.find`."""
        try:
            return await self._mailbox.get_event(id)
        except Rejected as err:
            if not err.is_gone:
                raise
        # An item that went with its calendar was not deleted by anybody.
        if not self._is_there and not await has_folder(self._mailbox, CALENDARS, self._calendar):
            raise NotFound("calendar")
        self._is_there = True
        return None

    async def holds(self, id: RemoteId) -> bool:
        """See :meth:`Outlook.holds`."""
        found = await self._mailbox.calendar_of(id)
        if found in (None, self._calendar):
            return True
        # Only a calendar that the mailbox lists is another one: ids might be spelled in two ways.
        return found not in {each.id for each in await self._mailbox.calendars()}

    async def tagged(self, tag: str) -> Sequence[RemoteEvent]:
        """See :meth:`Outlook.tagged`."""
        return await self._mailbox.find_by_tag(self._calendar, tag)

    def payload(self, content: EventContent, transaction_id: str, tag: str) -> bytes:
        """See :meth:`Outlook.payload`."""
        return self._mailbox.payload_for(content, transaction_id, tag)

    async def create(self, payload: bytes) -> RemoteEvent:
        """See :meth:`Outlook.create`."""
        try:
            return await self._mailbox.create_event(self._calendar, payload)
        except Rejected as err:
            if err.code == DUPLICATE:
                raise Stale from err
            raise

    async def update(self, seen: RemoteItem[EventContent], content: EventContent) -> RemoteEvent:
        """See :meth:`Outlook.update`."""
        patch = self._mailbox.patch_for(seen.content, content)
        if seen.keeps_text:
            patch.pop("body", None)
        with stale_if_changed():
            event = await self._mailbox.update_event(seen.id, patch, seen.change_key)
        if (
            content.rule is None
            or seen.keeps_text
            or Group.WHEN not in differing(seen.content, content)
        ):
            return event
        # Outlook forgets the exceptions of a series that was moved. A conflict over one of them is
        # no refusal of the series: what was written by then is read, and the rest planned anew.
        with stale_if_changed():
            return await settle_exceptions(self._mailbox, seen.id, content, seen.content)

    async def delete(self, seen: RemoteItem[EventContent]) -> None:
        """See :meth:`Outlook.delete`."""
        with stale_if_changed():
            await self._mailbox.delete_event(seen.id, seen.change_key)


_KINDS: Mapping[BookKind, Callable[[Mailbox, RemoteId], Outlook[Any]]] = {
    BookKind.CALENDAR: OutlookCalendar,
    BookKind.CONTACTS: OutlookContacts,
}


def outlook_side(mailbox: Mailbox, link: Link, book: Book) -> Outlook[Any]:
    """Return the calendar or the contact folder that a link names, as its book's kind says."""
    return _KINDS[book.kind](mailbox, link.calendar)
