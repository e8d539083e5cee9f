"""What is carried out together: much of the same, which then shares its commits.

:func:`portions` cuts the steps of a round, :func:`carry_out` does a portion. Where many cannot be
done together, each goes its own way (:mod:`services.sync.execute`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.sync.execute import execute
from services.sync.exports import are_exported, is_export
from services.sync.imports import AT_ONCE as IMPORTS
from services.sync.imports import are_imported, is_import
from services.sync.link_pass import LinkPass
from services.sync.packed import AT_ONCE as EXPORTS
from services.sync.packed import Pack
from services.sync.plan import Action
from services.sync.survey import Step

__all__ = ["carry_out", "portions"]


@dataclass(frozen=True, slots=True)
class _Alike:
    """Steps of one kind."""

    is_one: Callable[[Step], bool]
    are_done: Callable[[LinkPass, Sequence[Step]], Awaitable[bool]]
    """Does all and returns true, or nothing."""
    at_once: int


_ALIKE = (_Alike(is_import, are_imported, IMPORTS), _Alike(is_export, are_exported, EXPORTS))


def portions(steps: Iterable[Step]) -> Iterator[Sequence[Step]]:
    """Cut steps into what is carried out together; most go alone."""
    alike: list[list[Step]] = [[] for _ in _ALIKE]
    for step in steps:
        for kind, some in zip(_ALIKE, alike, strict=True):
            if kind.is_one(step):
                some.append(step)
                break
        else:
            yield [step]
    for kind, some in zip(_ALIKE, alike, strict=True):
        size = kind.at_once
        yield from (some[first : first + size] for first in range(0, len(some), size))


async def carry_out(run: LinkPass, portion: Sequence[Step] | Pack) -> None:
    """Carry out the steps of a portion; raises what :func:`execute` does."""
    if isinstance(portion, Pack):
        portion = [Step(Action.CREATE_REMOTE, None, item) for item in portion.items()]
    if len(portion) == 1 or not await _are_done(run, portion):
        for step in portion:
            await execute(run, step)
    await run.count(len(portion))


async def _are_done(run: LinkPass, portion: Sequence[Step]) -> bool:
    kind = next(kind for kind in _ALIKE if kind.is_one(portion[0]))
    return await kind.are_done(run, portion)
