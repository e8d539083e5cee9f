"""Pictures of contacts beside what else people change; journeys are in ``tests/scenarios``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.contacts.photos import Photos
from services.files.fetching import Fetcher
from services.model.books import Book
from services.model.contacts import Contact
from services.storage.store import Store
from tests._builders import a_contact_content, an_author
from tests._fakes import FrozenClock

INES, TOM = an_author("ines"), an_author("tom")


class Overtaken(Contacts):
    """Contacts of which somebody changes one just before another's change is written."""

    slip: Callable[[], Awaitable[object]] | None = None

    async def edit(self, *given: Any, **named: Any) -> Contact:
        slip, self.slip = self.slip, None
        if slip is not None:
            await slip()
        return await super().edit(*given, **named)


@pytest.mark.parametrize("is_dropped", [False, True])
async def test_who_changes_a_picture_takes_back_nothing_that_is_changed_meanwhile(
    store: Store, sharing: Sharing, contact_list: Book, clock: FrozenClock, is_dropped: bool
) -> None:
    contacts = Overtaken(store, sharing, clock)
    photos = Photos(store, sharing, contacts, Fetcher(), clock)
    ada = await contacts.create(INES, contact_list.id, a_contact_content(job="Engineer"))
    file = BytesIO()
    Image.new("RGB", (80, 80)).save(file, "PNG")
    if is_dropped:
        ada = await photos.put(INES, contact_list.id, ada.id, file.getvalue())
    countess = replace(ada.content, job="Countess")
    contacts.slip = lambda: contacts.edit(TOM, contact_list.id, ada.id, countess)
    if is_dropped:
        now = await photos.drop(INES, contact_list.id, ada.id)
    else:
        now = await photos.put(INES, contact_list.id, ada.id, file.getvalue())
    assert now.content.job == "Countess"
    assert bool(now.content.photo) is not is_dropped
