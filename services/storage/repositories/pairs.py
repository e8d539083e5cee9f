"""How a pair is kept: what it says three times over is written once.

Nearly always the two sides agree letter by letter, and Outlook shows just that. So ``agreed`` and
``echo`` are left out where they are what was observed, and filled in when the pair is read. A pair
that says three things is kept as it is, as all were once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.model.items import Content
from services.model.pairs import Pair
from services.model.ports import etag_of
from services.storage.codec import decode, encode
from services.storage.repositories.stamps import bare, stamped
from services.storage.sealed import Opened
from services.storage.wires import copied

__all__ = ["pair_body", "read_pair"]

_BEGINNING = b'{"pair":'


@dataclass(frozen=True, slots=True)
class _Kept:
    pair: Pair
    agreed_as_seen: bool = False
    echo_as_seen: bool = False


def pair_body(pair: Pair) -> bytes:
    """Return what is sealed of a pair."""
    seen = pair.observed.content if pair.observed else None
    agreed, echo = _is_same(pair.agreed, seen), _is_same(pair.echo, seen)
    if not agreed and not echo:
        return bare(pair)
    rest = copied(
        pair,
        agreed=None if agreed else pair.agreed,
        echo=None if echo else pair.echo,
        etag="",
    )
    return encode(_Kept(rest, agreed, echo))


def _is_same(one: Content | None, seen: Content | None) -> bool:
    # Nearly always they are one object, which a comparison of all that they say would not see.
    return seen is not None and (one is seen or one == seen)


def read_pair(opened: Opened) -> Pair:
    """Return the pair that a record holds.

    Raises:
        Damaged: it holds something else.
    """
    if not opened.body.startswith(_BEGINNING):
        return stamped(Pair, opened)
    kept = decode(_Kept, opened.body)
    pair, seen = kept.pair, kept.pair.observed.content if kept.pair.observed else None
    return replace(
        pair,
        agreed=seen if kept.agreed_as_seen else pair.agreed,
        echo=seen if kept.echo_as_seen else pair.echo,
        etag=etag_of(opened.revision),
    )
