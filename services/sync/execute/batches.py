"""Steps of one kind are carried out in batches, which share commits.

:func:`batches` divides the steps of a survey, :func:`carry_out` carries one batch out. Steps that
cannot be written together are carried out one by one (:mod:`services.sync.execute.execute`).
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

__all__ = ["Batch", "batches", "carry_out"]

Batch = Sequence[Step] | Pack
"""A single step, or several of one kind; a pack is some ``CREATE_REMOTE`` steps, compressed."""


@dataclass(frozen=True, slots=True)
class _Bulk:
    """A kind of step of which many can be carried out together."""

    includes: Callable[[Step], bool]
    carry_out: Callable[[LinkPass, Sequence[Step]], Awaitable[bool]]
    """Carries all of them out and returns ``True``, or none."""
    size: int


_BULKS = (_Bulk(is_bulk_import, import_all, IMPORTS), _Bulk(is_bulk_export, export_all, EXPORTS))


def batches(steps: Iterable[Step]) -> Iterator[Sequence[Step]]:
    """Divide steps into batches: first the single steps, then the bulks."""
    bulks: list[list[Step]] = [[] for _ in _BULKS]
    for step in steps:
        for bulk, members in zip(_BULKS, bulks, strict=True):
            if bulk.includes(step):
                members.append(step)
                break
        else:
            yield [step]
    for bulk, members in zip(_BULKS, bulks, strict=True):
        size = bulk.size
        yield from (members[first : first + size] for first in range(0, len(members), size))


async def carry_out(run: LinkPass, batch: Batch) -> None:
    """Carry out the steps of a batch; raises what :func:`execute` does."""
    if isinstance(batch, Pack):
        batch = [Step(Action.CREATE_REMOTE, None, item) for item in batch.items()]
    if len(batch) == 1 or not await _in_bulk(run, batch):
        for step in batch:
            await execute(run, step)
    await run.count(sum(step.action is not Action.LOOK for step in batch))


async def _in_bulk(run: LinkPass, batch: Sequence[Step]) -> bool:
    bulk = next(bulk for bulk in _BULKS if bulk.includes(batch[0]))
    return await bulk.carry_out(run, batch)
