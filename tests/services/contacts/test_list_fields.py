from __future__ import annotations

from dataclasses import replace

import pytest

from services.books.sharing import Sharing
from services.contacts.list_fields import MAX_CHOICES, MAX_FIELDS, FieldDraft, ListFields
from services.model.access import Access, Grant, Role
from services.model.books import Book
from services.model.contact_lists import FieldKind
from services.model.errors import InvalidInput, NotFound, Problem, Stale, Wrong
from services.model.events import Author
from services.storage.store import Store
from tests._builders import a_person, an_author
from tests._fakes import FrozenClock

INES = an_author()
SIZE = FieldDraft(name=" Size ", kind=FieldKind.NUMBER)
LEVEL = FieldDraft(name="Level", kind=FieldKind.CHOICE, choices=("Gold", "gold", " Silver "))


@pytest.fixture
def fields(store: Store, sharing: Sharing, clock: FrozenClock) -> ListFields:
    return ListFields(store, sharing, clock)


@pytest.fixture
async def own_list(store: Store, contact_list: Book) -> Book:
    access = Access(grants=(Grant(a_person(), Role.OWNER),))
    return await store.books.save(replace(contact_list, access=access))


async def test_fields_are_made_renamed_kept_and_taken_away(
    fields: ListFields, own_list: Book
) -> None:
    made = await fields.change(INES, own_list.id, [SIZE, LEVEL], etag=own_list.etag)
    size, level = made.shape.fields
    assert (size.name, size.kind) == ("Size", FieldKind.NUMBER)
    assert level.choices == ("Gold", "Silver")
    again = FieldDraft(id=size.id, name="Feet", kind=FieldKind.TEXT)
    renamed = await fields.change(INES, own_list.id, [again], etag=made.etag)
    assert renamed.shape.fields == (replace(size, name="Feet"), level)
    gone = FieldDraft(id=level.id, name="")
    fewer = await fields.change(INES, own_list.id, [again, gone], etag=renamed.etag)
    assert [field.id for field in fewer.shape.fields] == [size.id]
    same = await fields.change(INES, own_list.id, [again], etag="long ago")
    assert same == fewer
    with pytest.raises(Stale):
        await fields.change(INES, own_list.id, [SIZE], etag=made.etag)


@pytest.mark.parametrize(
    ("drafts", "problem"),
    [
        ([SIZE, SIZE], Problem("field_name_1", Wrong.TAKEN)),
        ([FieldDraft(name="x" * 61)], Problem("field_name_0", Wrong.TOO_LONG, 60)),
        (
            [FieldDraft(name="Level", kind=FieldKind.CHOICE)],
            Problem("field_choices_0", Wrong.MISSING),
        ),
        (
            [FieldDraft(name="L", kind=FieldKind.CHOICE, choices=("x" * 61,))],
            Problem("field_choices_0", Wrong.TOO_LONG, 60),
        ),
        (
            [FieldDraft(name="L", kind=FieldKind.CHOICE, choices=tuple(map(str, range(51))))],
            Problem("field_choices_0", Wrong.TOO_MANY, MAX_CHOICES),
        ),
        (
            [FieldDraft(name=f"F{number}") for number in range(MAX_FIELDS + 1)],
            Problem("field_name_0", Wrong.TOO_MANY, MAX_FIELDS),
        ),
    ],
)
async def test_what_cannot_be_is_refused_at_its_input(
    fields: ListFields, own_list: Book, drafts: list[FieldDraft], problem: Problem
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await fields.change(INES, own_list.id, drafts, etag=own_list.etag)
    assert caught.value.problems == (problem,)


async def test_a_calendar_has_no_fields(fields: ListFields, calendar: Book, store: Store) -> None:
    access = Access(grants=(Grant(a_person(), Role.OWNER),))
    calendar = await store.books.save(replace(calendar, access=access))
    with pytest.raises(NotFound):
        await fields.change(INES, calendar.id, [SIZE], etag=calendar.etag)
    with pytest.raises(NotFound):
        await fields.change(Author(None, "Outlook"), calendar.id, [SIZE], etag="")
