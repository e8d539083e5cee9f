"""Sign-ins under way: what is asked for, kept sealed behind a state that is good for one use.

A state travels through the person's browser and back; whoever holds it can do nothing but end the
sign-in that it began. Source: RFC 6749, section 10.12.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from services.model.books import BookId
from services.model.identity import Person
from services.model.times import Clock
from services.storage.codec import decode, encode
from services.storage.store import Store

__all__ = ["Asked", "SignIns", "new_state"]

STATE_LIFE = timedelta(minutes=10)


def new_state() -> str:
    """Return a state that nobody can guess."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants to sign in, and for what."""

    person: Person
    language: str
    flow: bytes = b""
    more_scopes: tuple[str, ...] = ()
    wanted: BookId | None = None
    """What is to be linked once these are approved, with a folder of its own ..."""
    name: str = ""
    """... that is called so."""


class SignIns:
    """Keeps what is asked for until the browser comes back, at most ten minutes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, state: str, asked: Asked) -> None:
        """Keep it behind a state."""
        expires_at = self._clock.now() + STATE_LIFE
        await self._store.sign_ins.put(state, encode(asked), expires_at)

    async def take(self, state: str) -> Asked | None:
        """Return what is behind a state, once; ``None`` if it is unknown, used or too old."""
        kept = await self._store.sign_ins.take(state) if state else None
        return None if kept is None else decode(Asked, kept)
