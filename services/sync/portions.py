"""What is carried out together: much of the same, which then shares its commits.

:func:`portions` cuts the steps of a round, :func:`carry_out` does a portion. Where many cannot be
done together, each goes its own way (:mod:`services.sync.execute`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

from services.sync.execute import execute
from services.sync.exports import are_exported, is_export
from services.sync.imports import are_imported, is_import
from services.sync.link_pass import LinkPass
from services.sync.packed import AT_ONCE, Pack
from services.sync.plan import Action
from services.sync.survey import Step

__all__ = ["AT_ONCE", "carry_out", "portions"]

_ALIKE: Sequence[
    tuple[Callable[[Step], bool], Callable[[LinkPass, Sequence[Step]], Awaitable[bool]]]
] = ((is_import, are_imported), (is_export, are_exported))


def portions(steps: Iterable[Step]) -> Iterator[Sequence[Step]]:
    """Cut steps into what is carried out together; most go alone."""
    alike: list[list[Step]] = [[] for _ in _ALIKE]
    for step in steps:
        for (is_one, _), some in zip(_ALIKE, alike, strict=True):
            if is_one(step):
                some.append(step)
                break
        else:
            yield [step]
    for some in alike:
        yield from (some[first : first + AT_ONCE] for first in range(0, len(some), AT_ONCE))


async def carry_out(run: LinkPass, portion: Sequence[Step] | Pack) -> None:
    """Carry out the steps of a portion; raises what :func:`execute` does."""
    if isinstance(portion, Pack):
        portion = [Step(Action.CREATE_REMOTE, None, item) for item in portion.items()]
    if len(portion) == 1 or not await _are_done(run, portion):
        for step in portion:
            await execute(run, step)
    await run.count(len(portion))


async def _are_done(run: LinkPass, portion: Sequence[Step]) -> bool:
    are_done = next(are_done for is_one, are_done in _ALIKE if is_one(portion[0]))
    return await are_done(run, portion)
