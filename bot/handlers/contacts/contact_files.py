"""Contact lists as files, and who is in them twice: looked through, merged, and parted again."""

from __future__ import annotations

from bot.handlers.audience import asked_by
from bot.handlers.files.file_delivery import FileDelivery
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.replies import Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.contacts.contact_file_actions import (
    ContactsExport,
    ContactsExportShow,
    DuplicateApart,
    DuplicateLook,
    DuplicateMerge,
    DuplicatesShow,
    DuplicateUndo,
)
from cards.contacts.duplicates import (
    MOST,
    apart_card,
    chosen_content,
    duplicates_card,
    merge_card,
    merged_card,
)
from cards.files.export_card import EVERY, GROUP, contacts_export_choice
from cards.wording import say
from services.contacts.contact_merge import joined
from services.contacts.duplicates import Duplicates
from services.files.contact_files import ContactFiles
from services.model.books import BookKind
from services.model.errors import NotFound, Stale
from services.phrases.contact_file_words import ExportContacts, FindDuplicates

__all__ = ["ContactFileHandlers", "register"]

SAID = {
    "xlsx": "Your contacts as a table for Excel",
    "vcf": "Your contacts, for any address book",
    "csv": "Your contacts as a plain table",
}


class ContactFileHandlers:
    """Answers about contacts that go out, and about duplicates."""

    def __init__(
        self,
        books: OpenBooks,
        files: ContactFiles,
        duplicates: Duplicates,
        delivery: FileDelivery,
    ) -> None:
        self._books = books
        self._files = files
        self._duplicates = duplicates
        self._delivery = delivery

    async def say_export(self, turn: Turn, command: ExportContacts) -> Replies:
        """``export contacts``: what there is; ``export contacts as excel``: that."""
        if command.ending:
            action = ContactsExport(command.ending, words=command.text or None)
            return await self.export(turn, action)
        seen = await self._books.here(turn, BookKind.CONTACTS)
        return Say(card=contacts_export_choice(seen.book, seen.readers, command.text))

    async def show_export(self, turn: Turn, action: ContactsExportShow) -> Replies:
        """The button: what there is."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        return Replace(contacts_export_choice(seen.book, seen.viewer))

    async def export(self, turn: Turn, action: ContactsExport) -> Replies:
        """The button: the file, as a message of its own."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        name = seen.book.name or say(turn.language, "Contacts")
        group = str(turn.value.get(GROUP, EVERY))
        file = await self._files.whole(
            turn.person,
            seen.book.id,
            name,
            action.ending,
            group="" if group == EVERY else group,
            text=action.words or "",
        )
        said = say(turn.language, SAID[action.ending])
        return await self._delivery.hand_over(turn, file.name, file.data, said)

    async def say_duplicates(self, turn: Turn, command: FindDuplicates) -> Replies:
        """``duplicates``: who is likely there twice, as whoever asks may deal with it."""
        seen = await self._books.here(turn, BookKind.CONTACTS)
        return Say(card=await self._list(turn, seen), shows=asked_by(turn))

    async def show(self, turn: Turn, action: DuplicatesShow) -> Replies:
        """The button: the same."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        return Replace(await self._list(turn, seen))

    async def look(self, turn: Turn, action: DuplicateLook) -> Replies:
        """Show two beside each other; one that is gone shows the list again."""
        seen = await self._books.called(turn, action.book)
        try:
            pair = await self._duplicates.pair(turn.person, action.book, action.one, action.other)
        except NotFound:
            return Replace(await self._list(turn, seen))
        return Replace(merge_card(seen.book, pair.one, pair.other, seen.viewer), is_form=True)

    async def merge(self, turn: Turn, action: DuplicateMerge) -> Replies:
        """Make one of two."""
        seen = await self._books.called(turn, action.book)
        pair = await self._duplicates.pair(turn.person, action.book, action.one, action.other)
        if (pair.one.etag, pair.other.etag) != (action.etag_one, action.etag_other):
            raise Stale("one of the two has changed")
        one, other = pair.one.content, pair.other.content
        content = chosen_content(joined(one, other), one, other, turn.value)
        kept = await self._duplicates.merge(turn.author, action.book, pair, content)
        return Replace(merged_card(seen.book, kept, pair.other, seen.viewer))

    async def set_apart(self, turn: Turn, action: DuplicateApart) -> Replies:
        """They are not the same; show who else may be."""
        seen = await self._books.called(turn, action.book)
        await self._duplicates.set_apart(turn.author, action.book, action.one, action.other)
        return Replace(await self._list(turn, seen, said="These two are not asked about again."))

    async def undo(self, turn: Turn, action: DuplicateUndo) -> Replies:
        """Make two again of one."""
        seen = await self._books.called(turn, action.book)
        await self._duplicates.undo(
            turn.author, action.book, action.one, action.other, action.revision
        )
        return Replace(apart_card(seen.book, seen.viewer))

    async def _list(self, turn: Turn, seen: OpenBook, said: str = "") -> dict[str, object]:
        found = await self._duplicates.likely(turn.person, seen.book.id, MOST)
        return duplicates_card(
            seen.book,
            [(pair.one, pair.other) for pair in found.pairs],
            found.total,
            seen.viewer,
            said=say(turn.language, said) if said else "",
        )


def register(router: Router, handlers: ContactFileHandlers) -> None:
    """Fill in the rows."""
    router.command(ExportContacts, handlers.say_export)
    router.verb(ContactsExportShow, handlers.show_export)
    router.verb(ContactsExport, handlers.export)
    router.command(FindDuplicates, handlers.say_duplicates)
    router.verb(DuplicatesShow, handlers.show)
    router.verb(DuplicateLook, handlers.look)
    router.verb(DuplicateMerge, handlers.merge)
    router.verb(DuplicateApart, handlers.set_apart)
    router.verb(DuplicateUndo, handlers.undo)
