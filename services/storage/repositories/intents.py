"""How open creates are kept: each in a record of its own, or many of them in one, a *batch*.

A first sync writes down eighty creates before it sends the first of them, and crosses them out
together once they are answered. Eighty records would be sealed, stored and removed for that; a
batch is one. An intent names the batch that it lies in, and the record of a batch is always written
whole: whoever takes one out writes what is left, or takes the record away
(:mod:`services.sync.state.intent_batches`). Records of one intent each, as all were once, are read
as ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.model.pairs import Intent
from services.storage.codec import decode, encode
from services.storage.repositories.stamps import stamped
from services.storage.sealed import Opened

__all__ = ["IntentBatch", "batch_body", "read_intents"]

_BEGINNING = b'{"batch":'


@dataclass(frozen=True, slots=True)
class IntentBatch:
    """What lies in one record from now on; with nothing in it the record goes."""

    name: str
    intents: tuple[Intent, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    batch: tuple[Intent, ...]


def batch_body(batch: IntentBatch) -> bytes:
    """Return what is sealed of a batch."""
    return encode(_Kept(batch.intents))


def read_intents(opened: Opened) -> tuple[Intent, ...]:
    """Return the intents that a record holds: one, or those of a batch.

    Raises:
        Damaged: it holds something else.
    """
    if not opened.body.startswith(_BEGINNING):
        return (stamped(Intent, opened),)
    return decode(_Kept, opened.body).batch
