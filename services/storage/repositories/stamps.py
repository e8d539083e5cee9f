"""Revision and etag: known only once something is stored, so they are not inside its body.

:func:`bare` takes them off before sealing, :func:`stamped` puts them on after opening.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields
from functools import cache, lru_cache
from typing import Any, ClassVar, Protocol, TypeVar

from services.model.ports import etag_of
from services.storage.codec import decoder, encode
from services.storage.sealed import Opened
from services.storage.wires import copied

__all__ = ["bare", "fresh", "reading", "restamped", "stamped", "stamping"]


class _Stored(Protocol):
    """A dataclass with an etag, and maybe a revision."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def etag(self) -> str: ...


T = TypeVar("T", bound=_Stored)


def bare(value: _Stored, **instead: object) -> bytes:
    """Return what is sealed: the value without its stamps; some of its fields said otherwise."""
    return encode(value, **_stamps(type(value), 0, ""), **instead)


def restamped(value: T, revision: int, **instead: object) -> T:
    """Return the value as a commit of this revision has stored it."""
    stamped: T = copied(value, **_stamps(type(value), revision, etag_of(revision)), **instead)
    return stamped


def stamped(cls: type[T], opened: Opened) -> T:
    """Return what a record holds."""
    return fresh(cls, opened.body, opened.revision)


def stamping(cls: type[T], remember: int) -> Callable[[Opened], T]:
    """Return a :func:`stamped` for one class that remembers its last answers.

    Equal bytes make an equal, frozen object, so nothing can be out of date: the store has been
    asked before, and only the decoding is spared.
    """

    @lru_cache(maxsize=remember)
    def read(body: bytes, revision: int) -> T:
        return fresh(cls, body, revision)

    return lambda opened: read(opened.body, opened.revision)


def fresh(cls: type[T], body: bytes, revision: int) -> T:
    """Return what the body of a record of this revision holds, as a new object."""
    value: T = _reader(cls)(body, revision)
    return value


def reading(cls: type[T]) -> Callable[[bytes, int], T]:
    """Return a :func:`fresh` for one class: a month has thousands of bodies, and one way to read.

    Nobody else has its objects yet, so they may still be changed; ``replace`` would take half as
    long again as all the rest.
    """
    decode: Callable[[bytes], T] = decoder(cls)
    put_etag = vars(cls)["etag"].__set__
    put_revision = vars(cls)["revision"].__set__ if _has_revision(cls) else None

    def read(body: bytes, revision: int) -> T:
        value = decode(body)
        put_etag(value, etag_of(revision))
        if put_revision is not None:
            put_revision(value, revision)
        return value

    return read


_reader: Callable[[Any], Callable[[bytes, int], Any]] = cache(reading)


def _stamps(cls: type[_Stored], revision: int, etag: str) -> dict[str, Any]:
    return {"etag": etag, "revision": revision} if _has_revision(cls) else {"etag": etag}


@cache
def _has_revision(cls: type[_Stored]) -> bool:
    return any(field.name == "revision" for field in fields(cls))
