"""A full list's index is stored behind its import, and stays so: no start ever finds none."""

from __future__ import annotations

import pytest

from services.books.books import Books
from services.books.sharing import Sharing
from services.files.imports import Imports
from services.formats.tables import csv_file
from services.jobs import then_indexed
from services.jobs.import_file import ImportFile
from services.jobs.keep_index import KeepIndex
from services.jobs.then_indexed import ThenIndexed
from services.model.books import Book
from services.model.notices import Notice
from services.model.tasks import TaskKind
from services.search.search import Search
from services.search.tiers import FEWEST
from services.storage.repositories.segments import SEEN_TO_EVERY
from services.storage.store import Store
from tests._builders import a_contact_list, a_person_home, a_personal_chat, an_author
from tests._fakes import FrozenClock


class NobodyListens:
    """Takes whatever is announced."""

    async def announce(self, notice: Notice) -> None:
        return


async def imported(store: Store, sharing: Sharing, clock: FrozenClock) -> Book:
    """Return a list after a process has imported as many contacts as a segment takes, and ended."""
    book = await store.books.add(a_contact_list(home=a_person_home()))
    imports = Imports(store, sharing, clock)
    rows = [(f"Robin {n:04}", f"r{n}@crane.example", "Likes music. " * 8) for n in range(FEWEST)]
    data = csv_file([("Name", "E-mail", "Notes"), *rows])
    look = await imports.look(an_author(), book.id, data, name="all.csv", language="en")
    await imports.begin(an_author(), book.id, look.token, a_personal_chat(), "m1")
    search = Search(store, Books(store, sharing, clock))
    job = ImportFile(imports=imports, announcer=NobodyListens(), tasks=store.tasks, clock=clock)
    for _ in range(2):  # once to import, once to tell
        [task] = await store.tasks.claim("here", 1, 60)
        await ThenIndexed(job, then_indexed.Books(store).of, search.keep)(task)
        await store.tasks.done(task)
    await search.close()
    return book


@pytest.mark.slow
async def test_whoever_starts_weeks_after_an_import_finds_its_index_stored(
    store: Store, sharing: Sharing, clock: FrozenClock
) -> None:
    book = await imported(store, sharing, clock)
    written = await store.contacts.revision(book)
    assert (await store.segments.listed(book)).until == written
    search = Search(store, Books(store, sharing, clock))
    keep = KeepIndex(store=store, renew=search.renew, clock=clock)
    for _ in range(5):  # weeks in which nobody searches, nor does the process end
        clock.advance(SEEN_TO_EVERY)
        [task] = await store.tasks.claim("here", 9, 60)
        assert task.kind is TaskKind.KEEP_INDEX
        await keep(task)
        await store.tasks.done(task)
        assert (await store.segments.listed(book)).until == written
    await store.books.erase(book)
    clock.advance(SEEN_TO_EVERY)
    [task] = await store.tasks.claim("here", 9, 60)
    await keep(task)
    await store.tasks.done(task)
    assert await store.tasks.soonest() is None
    await search.close()
