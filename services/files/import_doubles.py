"""Contacts of a file that are likely in the list already: what becomes of each, as somebody says.

An import asks once for all of them; whoever wants to goes through them and says it of each. The
pairs were found as the file was looked at, and wait beside it (:mod:`services.files.imports`), as
does what was said so far: so a page of them costs what is on it, and not another look at the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.model.identity import Person
from services.model.imports import (
    Double,
    DoubleChoices,
    Doubles,
    DoublesPage,
)
from services.storage.codec import decode, encode
from services.storage.store import Store

__all__ = ["MOST_PAIRS", "ImportDoubles"]

MOST_PAIRS = 5_000
"""So many wait to be gone through; what is said of all holds for the others."""
ON_A_PAGE = 8
_PAIRS, _SAID = "doubles", "choices"


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What waits beside a file."""

    pairs: tuple[Double, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said: of all, and of which rows something else."""

    all: Doubles = Doubles.MERGE
    merge: tuple[int, ...] = ()
    skip: tuple[int, ...] = ()
    add: tuple[int, ...] = ()


class ImportDoubles:
    """Use cases of pairs that an import would make one of."""

    def __init__(self, store: Store) -> None:
        self._files = store.exports

    async def keep(self, token: str, pairs: Sequence[Double], all: Doubles) -> None:
        """Lay the pairs of a file beside it, and what was said of all of them."""
        body = encode(_Pairs(tuple(pairs[:MOST_PAIRS])))
        await self._files.put_beside(token, _PAIRS, body)
        await self._say(token, DoubleChoices(all, (await self.choices(token)).rows))

    async def page(self, person: Person, token: str, number: int = 0) -> DoublesPage:
        """Return some of the pairs; the first page is 0, and behind the last it is that.

        Raises:
            BadFile: the file was imported already, waits no longer, or is somebody else's.
        """
        await self._files.waiting(person, token)
        body = await self._files.beside(token, _PAIRS)
        pairs = decode(_Pairs, body).pairs if body else ()
        said = await self.choices(token)
        last = max(len(pairs) - 1, 0) // ON_A_PAGE
        first = min(max(number, 0), last) * ON_A_PAGE
        shown = pairs[first : first + ON_A_PAGE]
        told = [replace(each, choice=said.of(each.row)) for each in shown]
        return DoublesPage(told, first, len(pairs), ON_A_PAGE)

    async def say(
        self,
        person: Person,
        token: str,
        rows: Mapping[int, Doubles],
        all: Doubles | None = None,
    ) -> None:
        """Take note of what shall become of some rows, and of all others where that is said.

        Raises:
            BadFile: the file was imported already, waits no longer, or is somebody else's.
        """
        await self._files.waiting(person, token)
        said = await self.choices(token)
        now = DoubleChoices(said.all if all is None else all, {**said.rows, **rows})
        if now != said:
            await self._say(token, now)

    async def choices(self, token: str) -> DoubleChoices:
        """Return what was said so far."""
        body = await self._files.beside(token, _SAID)
        if body is None:
            return DoubleChoices()
        said = decode(_Said, body)
        return DoubleChoices(
            said.all,
            {row: choice for choice in Doubles for row in getattr(said, choice.value)},
        )

    async def _say(self, token: str, choices: DoubleChoices) -> None:
        """Keep it; what is said of a row as of all is not kept, and follows when all change."""
        rows = {
            choice.value: tuple(row for row, each in choices.rows.items() if each is choice)
            for choice in Doubles
            if choice is not choices.all
        }
        await self._files.put_beside(token, _SAID, encode(_Said(choices.all, **rows)))
