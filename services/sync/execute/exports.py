"""Create many new items in Outlook, with few commits.

Each has an intent before it is sent and a pair once it is answered, as any create; but eighty
intents share a record (:mod:`services.sync.state.intent_batches`), and the eighty pairs a commit,
which holds the intents of the next batch as well. A crash in between leaves more intents open, and
the next pass searches for each by its tag. If an error ends the pass, the intents that were never
sent are dropped, so that nobody searches for them.

Two requests of a mailbox are under way at once, and a third waits to leave (:data:`HANDS`): while
an answer is read, the service has work. Batches that began together would end together, and
nothing would be under way while the store is written. So the next batch, written down by then,
begins as soon as a hand finds no more creates in the one before; and what is prepared or stored
meanwhile lets answers through.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.ids import new_id
from services.model.errors import Refused, Rejected, Throttled, Unreadable
from services.model.items import Content
from services.model.pairs import Intent
from services.model.turns import in_turns
from services.storage.repositories.links import LinkChanges
from services.sync.plan.survey import Step
from services.sync.recover import new_intent, sent, unsent
from services.sync.rules.steps import Action
from services.sync.state.link_pass import HANDS, LinkPass

__all__ = ["export_all", "is_bulk_export"]


ROOM = 150_000
"""Bytes of bodies in one record: it is written whole in each commit in which one of them ends."""


@dataclass(frozen=True, slots=True)
class _Create:
    intent: Intent
    whole: Content
    """What Outlook is to say in the end: exceptions of a series follow as an update."""


def is_bulk_export(step: Step) -> bool:
    """Whether a step creates an item that Outlook never had."""
    return step.action is Action.CREATE_REMOTE and step.pair is None and step.aside is None


async def export_all(run: LinkPass, steps: Sequence[Step]) -> bool:
    """Create all and return ``True``, or none if Graph cannot express one of them.

    What was answered is stored with the intents of the next batch: see :attr:`LinkPass.answered`.

    Raises:
        LeaseLost: another worker has the mailbox now.
        SignInNeeded: the mailbox is closed to us.
        Upstream: Microsoft 365 does not answer, or asks to wait.
    """
    try:
        creates = [each async for each in in_turns(_creates(run, steps), 1)]
    except (Refused, Rejected, Unreadable):
        await run.commit_answered()
        return False
    await run.commit_answered([LinkChanges(put_intents=(each.intent,)) for each in creates])
    waiting, answers = deque(creates), list[LinkChanges]()
    hands = (_hand(run, waiting, answers) for _ in range(HANDS))
    ended = await asyncio.gather(*hands, return_exceptions=True)
    run.answered += answers
    for each in ended:
        if each is not None:
            raise each
    return True


def _creates(run: LinkPass, steps: Sequence[Step]) -> Iterator[_Create]:
    batch, room = new_id(), ROOM
    for step in steps:
        create = _create(run, step, batch)
        yield create
        room -= len(create.intent.payload)
        if room < 0:
            batch, room = new_id(), ROOM


def _create(run: LinkPass, step: Step, batch: str) -> _Create:
    item = step.live
    whole = run.leaving(item.content, None)
    intent = new_intent(run, item.id, whole, item.revision, batch=batch)
    return _Create(intent, whole)


async def _hand(run: LinkPass, waiting: deque[_Create], answers: list[LinkChanges]) -> None:
    """Send one after the other; whatever ends one of them early ends all, of later batches too."""
    try:
        async with run.hands:
            while waiting and not run.is_ended:
                await _send(run, waiting.popleft(), answers)
    except BaseException:
        run.is_ended = True
        raise
    finally:
        answers += [LinkChanges(drop_intents=(each.intent.team,)) for each in waiting]
        waiting.clear()


async def _send(run: LinkPass, create: _Create, answers: list[LinkChanges]) -> None:
    try:
        answers.append(await sent(run, create.intent, first=True))
    except Throttled:
        answers.append(unsent(create.intent))
        raise
    if create.intent.content is not create.whole:
        run.revisit.add(create.intent.team)
