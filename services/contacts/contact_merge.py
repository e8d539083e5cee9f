"""Two contents of one contact become one. Pure.

:func:`over` is for what comes again: what is new says more. :func:`joined` is for what was said
twice: what is there stays, and the other fills in what is missing. Neither takes anything away:
what a file leaves empty is what somebody did not say, which is not the same as "gone".
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from services.model.contacts import ContactContent

__all__ = ["LISTS", "NAMES", "joined", "over"]

NAMES = tuple(field.name for field in fields(ContactContent))
LISTS = frozenset({"children", "emails", "chats", "phones", "links", "tags", "groups", "custom"})
_EMPTY = ContactContent(name="")


def over(kept: ContactContent, new: ContactContent) -> ContactContent:
    """Return what is there with all that a newer content says put over it.

    A list that says the same in another order stays in the order in which it is.
    """
    changes: dict[str, Any] = {}
    for name in NAMES:
        said, there = getattr(new, name), getattr(kept, name)
        if said == there or said == getattr(_EMPTY, name):
            continue
        if name == "custom":
            said = _custom(there, said)
        if name not in LISTS or set(said) != set(there):
            changes[name] = said
    return replace(kept, **changes) if changes else kept


def joined(kept: ContactContent, other: ContactContent) -> ContactContent:
    """Return what is there with what it lacks out of the other; lists hold what either holds."""
    changes: dict[str, Any] = {}
    for name in NAMES:
        said, there = getattr(other, name), getattr(kept, name)
        empty = getattr(_EMPTY, name)
        if said in (there, empty):
            continue
        if name == "custom":
            changes[name] = _custom(said, there)
        elif name in LISTS:
            changes[name] = _both(there, said)
        elif name == "notes" and there:
            changes[name] = there if said in there else f"{there}\n{said}"
        elif there == empty:
            changes[name] = said
    return replace(kept, **changes) if changes else kept


def _both(there: tuple[Any, ...], said: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the entries of both, each once whichever way it is capitalised."""
    known = {_key(each) for each in there}
    return (*there, *(each for each in said if _key(each) not in known))


def _key(entry: Any) -> Any:
    return entry.casefold() if isinstance(entry, str) else entry


def _custom(there: tuple[Any, ...], said: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return fields of the list's own: what is said goes before what is there."""
    given = {value.field: value for value in said}
    kept = [given.pop(value.field, value) for value in there]
    return (*kept, *given.values())
