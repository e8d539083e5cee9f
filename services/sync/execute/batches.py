"""What is carried out together: much of the same, which then shares its commits.

:func:`batches` cuts the steps of a round, :func:`carry_out` does a batch. Where many cannot be
done together, each goes its own way (:mod:`services.sync.execute.execute`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.sync.execute.execute import execute
from services.sync.execute.exports import export_all, is_bulk_export
from services.sync.execute.imports import AT_ONCE as IMPORTS
from services.sync.execute.imports import import_all, is_bulk_import
from services.sync.plan.packed import AT_ONCE as EXPORTS
from services.sync.plan.packed import Pack
from services.sync.plan.survey import Step
from services.sync.rules.steps import Action
from services.sync.state.link_pass import LinkPass

__all__ = ["batches", "carry_out"]


@dataclass(frozen=True, slots=True)
class _Alike:
    """Steps of one kind."""

    is_one: Callable[[Step], bool]
    are_done: Callable[[LinkPass, Sequence[Step]], Awaitable[bool]]
    """Does all and returns true, or nothing."""
    at_once: int


_ALIKE = (_Alike(is_bulk_import, import_all, IMPORTS), _Alike(is_bulk_export, export_all, EXPORTS))


def batches(steps: Iterable[Step]) -> Iterator[Sequence[Step]]:
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


async def carry_out(run: LinkPass, batch: Sequence[Step] | Pack) -> None:
    """Carry out the steps of a batch; raises what :func:`execute` does."""
    if isinstance(batch, Pack):
        batch = [Step(Action.CREATE_REMOTE, None, item) for item in batch.items()]
    if len(batch) == 1 or not await _are_done(run, batch):
        for step in batch:
            await execute(run, step)
    await run.count(len(batch))


async def _are_done(run: LinkPass, batch: Sequence[Step]) -> bool:
    kind = next(kind for kind in _ALIKE if kind.is_one(batch[0]))
    return await kind.are_done(run, batch)
