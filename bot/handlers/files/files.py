"""Files that come in: sent in the personal chat, or pasted anywhere; and the template for one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.errors import reply_to
from bot.files import SentFile
from bot.handlers.audience import asked_by
from bot.handlers.files.file_delivery import FileDelivery
from bot.handlers.open_books import OpenBooks, own_view
from bot.replies import Edit, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.files.export_card import file_put_away
from cards.files.file_actions import (
    FileDrop,
    ImportDoublesShow,
    ImportHelp,
    ImportLook,
    ImportYes,
    TemplateGet,
)
from cards.files.import_card import INTO, import_begun, import_help, import_preview, imported_card
from cards.files.import_doubles import DOUBLES, chosen_rows, doubles_card
from services.contacts.pictures import is_picture
from services.files.fetching import Fetcher
from services.files.imports import Imports
from services.formats.contact_rows import CONTACT_TEMPLATE
from services.formats.event_rows import TEMPLATE
from services.formats.ics_read import MOST_BYTES
from services.formats.tables import Row, csv_file
from services.formats.workbooks import workbook_file
from services.model.books import BookId, BookKind
from services.model.errors import AlmanacError
from services.model.identity import ConversationKind
from services.model.imports import BadFile, Doubles, FileWrong
from services.model.web_links import NotFetched
from services.phrases.file_words import ImportFile, ImportTemplate

__all__ = ["FileHandlers", "register"]

TEMPLATES: dict[str, tuple[str, Sequence[Row]]] = {
    BookKind.CALENDAR: ("Events", TEMPLATE),
    BookKind.CONTACTS: ("Contacts", CONTACT_TEMPLATE),
}


class FileHandlers:
    """Answers for files on their way in."""

    def __init__(
        self,
        books: OpenBooks,
        imports: Imports,
        fetcher: Fetcher,
        delivery: FileDelivery,
        pictures: Callable[[Turn, str, bytes], Awaitable[Say]],
    ) -> None:
        self._books = books
        self._imports = imports
        self._fetcher = fetcher
        self._delivery = delivery
        self._pictures = pictures

    async def receive(self, turn: Turn, files: tuple[SentFile, ...]) -> Replies:
        """A file: what would come of it, and the question. Of several each has its answer."""
        if len(files) == 1:
            return await self._question(turn, files[0])
        return [await self._answer(turn, file) for file in files]

    async def look_again(self, turn: Turn, action: ImportLook) -> Replies:
        """Something else was chosen, another calendar or another way: what would come of that."""
        into_id = BookId(str(turn.value.get(INTO, action.book)))
        kind = await self._imports.kind(turn.person, action.token)
        seen = await self._books.called(turn, into_id, kind)
        await self._choose(turn, action.token)
        preview = await self._imports.look_again(turn.author, seen.book.id, action.token)
        into = await self._books.writable(turn, seen.book.kind)
        return Replace(import_preview(replace(preview, book=seen.book), seen.viewer, into))

    async def show_doubles(self, turn: Turn, action: ImportDoublesShow) -> Replies:
        """Some that are likely there already, each to be dealt with in its own way."""
        seen = await self._books.called(turn, action.book)
        await self._choose(turn, action.token)
        page = await self._imports.doubles.page(turn.person, action.token, action.page)
        return Replace(doubles_card(seen.book.id, action.token, page, seen.viewer))

    async def confirm(self, turn: Turn, action: ImportYes) -> Replies:
        """It is meant: import."""
        seen = await self._books.called(turn, action.book)
        await self._choose(turn, action.token)
        done = await self._imports.begin(
            turn.author, action.book, action.token, turn.conversation, turn.reply_to_id
        )
        if done is None:
            card = import_begun(seen.book, seen.viewer)
        else:
            card = imported_card(seen.book, done, seen.viewer)
        return [Edit(card=card), Replace(card)]

    async def drop(self, turn: Turn, action: FileDrop) -> Replies:
        """It is not."""
        await self._imports.drop(turn.person, action.token)
        card = file_put_away(own_view(turn))
        return [Edit(card=card), Replace(card)]

    async def say_help(self, turn: Turn, command: ImportFile) -> Replies:
        """``import``: how events come in, or contacts."""
        return Say(card=self._help(turn, command.of))

    async def show_help(self, turn: Turn, action: ImportHelp) -> Replies:
        """The button: the same."""
        return Replace(self._help(turn, _kind(action.holds)))

    async def say_template(self, turn: Turn, command: ImportTemplate) -> Replies:
        """``import template``: an empty table to fill in."""
        return await self._template(turn, command.kind.value, command.of)

    async def give_template(self, turn: Turn, action: TemplateGet) -> Replies:
        """The button: the same, as a message of its own."""
        return await self._template(turn, action.ending, _kind(action.holds))

    async def _choose(self, turn: Turn, token: str) -> None:
        """Take note of what was chosen for contacts that are likely there, if anything was."""
        chosen, rows = turn.value.get(DOUBLES), chosen_rows(turn.value)
        of_all = next((each for each in Doubles if each == chosen), None)
        if rows or of_all is not None:
            await self._imports.doubles.say(turn.person, token, rows, of_all)

    async def _template(self, turn: Turn, ending: str, kind: BookKind) -> Replies:
        title, rows = TEMPLATES[kind]
        is_csv = ending == "csv"
        data = csv_file(rows) if is_csv else workbook_file(title, rows)
        name = f"almanac-{title.casefold()}.{'csv' if is_csv else 'xlsx'}"
        return await self._delivery.hand_over(turn, name, data)

    async def _answer(self, turn: Turn, file: SentFile) -> Say:
        """Return the question for one of several files, or the sentence why there is none."""
        try:
            return await self._question(turn, file)
        except AlmanacError as err:  # the other files are not to suffer from this one
            told = reply_to(err, turn.language, turn.way).text
            return Say(text=f"{file.name}: {told}" if file.name else told)

    async def _question(self, turn: Turn, file: SentFile) -> Say:
        data = await self._content(file)
        if is_picture(file.name, data):
            return await self._pictures(turn, file.name, data)
        kind = await self._imports.kind_of(data)
        seen = await self._books.here(turn, kind)
        into = await self._books.writable(turn, kind)
        preview = await self._imports.look(
            turn.author, seen.book.id, data, name=file.name, language=turn.language
        )
        card = import_preview(replace(preview, book=seen.book), seen.viewer, into)
        return Say(card=card, shows=asked_by(turn))

    async def _content(self, file: SentFile) -> bytes:
        if not file.url:
            return file.data
        try:
            return (await self._fetcher.get(file.url, most=MOST_BYTES)).body
        except NotFetched as err:
            why = FileWrong.TOO_LARGE if err.is_too_large else FileWrong.UNREACHABLE
            raise BadFile(why) from err

    def _help(self, turn: Turn, kind: BookKind) -> dict[str, object]:
        is_personal = turn.kind is ConversationKind.PERSONAL
        return import_help(own_view(turn), is_personal=is_personal, kind=kind)


def _kind(named: str | None) -> BookKind:
    return BookKind.CONTACTS if named == BookKind.CONTACTS else BookKind.CALENDAR


def register(router: Router, handlers: FileHandlers) -> None:
    """Fill in the rows."""
    router.files(handlers.receive)
    router.command(ImportFile, handlers.say_help)
    router.command(ImportTemplate, handlers.say_template)
    router.verb(ImportHelp, handlers.show_help)
    router.verb(TemplateGet, handlers.give_template)
    router.verb(ImportLook, handlers.look_again)
    router.verb(ImportDoublesShow, handlers.show_doubles)
    router.verb(ImportYes, handlers.confirm)
    router.verb(FileDrop, handlers.drop)
