"""Files: read and written once, or fetched again and again, and how they are handed over."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ground import Ground
from bot.handlers.files.file_delivery import FileDelivery
from cards.wording import say
from services.contacts.birthdays import Birthdays
from services.events.holidays import Holidays
from services.files.book_files import BookFiles
from services.files.book_pages import BookPages
from services.files.exports import Exports
from services.files.feeds import Feeds
from services.files.fetching import Fetcher
from services.files.imports import Imports
from services.files.subscriptions import Subscriptions

__all__ = ["FileCases", "file_cases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCases:
    """What comes in and goes out as a file."""

    imports: Imports
    book_files: BookFiles
    book_pages: BookPages
    exports: Exports
    delivery: FileDelivery
    fetcher: Fetcher
    feeds: Feeds
    feed_url: str
    subscriptions: Subscriptions


def file_cases(ground: Ground, holidays: Holidays, birthdays: Birthdays) -> FileCases:
    """Build the use cases of files; days off and birthdays stand on paper and in feeds too."""
    outside, store, clock, sharing = ground.outside, ground.store, ground.clock, ground.sharing
    exports = Exports(store, clock)
    return FileCases(
        imports=Imports(store, sharing, clock, outside.files),
        book_files=BookFiles(store, sharing),
        book_pages=BookPages(store, sharing, holidays, birthdays, clock),
        exports=exports,
        delivery=FileDelivery(exports, ground.fetcher, f"{outside.public_url}/files"),
        fetcher=ground.fetcher,
        feeds=Feeds(store, sharing, clock, birthdays, busy=lambda language: say(language, "Busy")),
        feed_url=f"{outside.public_url}/feeds",
        subscriptions=Subscriptions(store, sharing, ground.fetcher, clock, outside.files),
    )
