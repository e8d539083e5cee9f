"""First step of a pass: finish the creates that an earlier pass began.

A create is written down as an intent before it is sent. Whatever is still written down was cut
short somewhere: before it was sent, while it was under way, or before its answer was kept.
:func:`recover` asks Outlook for the intent's tag and adopts the item if its transaction id is the
intent's too; people copy events, and the tag with them, but not the transaction id. Where there
is none, the very same bytes are sent again, so that Microsoft drops what it has got already.
Contacts have no transaction id: what carries the tag and was made first is taken for ours, and
nothing is sent again before reads must have shown what may have arrived (:data:`READS_LAG`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar
from uuid import uuid4

from services.graph.remote_item import RemoteItem
from services.ids import new_id
from services.model.errors import AlmanacError, Failing, Rejected, Stale, Throttled, Unreadable
from services.model.items import Content, ItemId
from services.model.pairs import Intent, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.content.shape import shape_of
from services.sync.state.link_pass import READS_LAG, LinkPass
from services.sync.state.pair_state import NOT_SHOWN

__all__ = [
    "adoption",
    "new_intent",
    "reason",
    "recover",
    "send",
    "sent",
    "unsent",
    "with_refusal",
]


async def recover(run: LinkPass) -> None:
    """Adopt or send again every create that is under way."""
    for intent in (await run.under_way()).values():
        try:
            await _go_on(run, intent)
        except Failing as err:
            run.leave_failing(err, intent.team)


async def _go_on(run: LinkPass, intent: Intent) -> None:
    try:
        found = await _find_own(run, intent)
    except (Rejected, Unreadable) as err:
        await _unanswered(run, intent, err)
        return
    if found is not None:
        await run.commit(adoption(run, intent, found))
    elif not run.policy.lets_out:
        await _held_back(run, intent)
    elif intent.transaction_id:
        await send(run, intent)
    elif not _may_still_show(run, intent):
        intent = replace(intent, sent_at=run.clock.now())
        await run.commit(LinkChanges(put_intents=(intent,)))
        await send(run, intent)


async def _unanswered(run: LinkPass, intent: Intent, err: AlmanacError) -> None:
    """Go on where nobody can tell, for good, whether a create has arrived."""
    if intent.transaction_id and run.policy.lets_out:
        await send(run, intent)  # Microsoft drops what it has got
        return
    run.given_up.add(intent.team)
    await run.commit(LinkChanges(put_intents=(with_refusal(intent, reason(err)),)))


async def _held_back(run: LinkPass, intent: Intent) -> None:
    """Let go of a create: since it was sent, somebody has chosen that nothing is written there."""
    if not _may_still_show(run, intent):
        await run.commit(LinkChanges(drop_intents=(intent.team,)))


def _may_still_show(run: LinkPass, intent: Intent) -> bool:
    return intent.sent_at is not None and run.clock.now() - intent.sent_at < READS_LAG


def new_intent(
    run: LinkPass, team: ItemId, content: Content, revision: int, *, batch: str = ""
) -> Intent:
    """Return a create that is ready to be written down and sent.

    The exceptions of a series are not part of it: they follow as a change.
    """
    shape = shape_of(content)
    content = shape.created(content)
    transaction_id = str(uuid4()) if shape.has_transactions else ""
    tag = new_id()
    return Intent(
        team=team,
        transaction_id=transaction_id,
        tag=tag,
        payload=run.outlook.payload(content, transaction_id, tag),
        content=content,
        team_revision=revision,
        sent_at=run.clock.now(),
        batch=batch,
    )


async def send(run: LinkPass, intent: Intent, *, first: bool = False) -> None:
    """Send a create that has been written down, and keep what came of it."""
    try:
        changes = await sent(run, intent, first=first)
    except Throttled:
        await run.commit(unsent(intent))
        raise
    await run.commit(changes)


def unsent(intent: Intent) -> LinkChanges:
    """Return what is kept of a create that was turned away at the door."""
    return LinkChanges(put_intents=(replace(intent, sent_at=None),))


async def sent(run: LinkPass, intent: Intent, *, first: bool) -> LinkChanges:
    """Send a create that has been written down; return what is to be kept of the answer.

    Raises:
        Throttled: it was not taken; see :func:`unsent`.
        Unreachable: nobody knows what became of it.
    """
    try:
        item = await run.outlook.create(intent.payload)
    except Stale:
        # It arrived before, and nobody knows as what: the next pull may bring it. If it never
        # comes, somebody deleted it there, and it is made under a new transaction id.
        counted = with_refusal(intent, "Stale")
        if counted.is_set_aside:
            anew = new_intent(run, intent.team, intent.content, intent.team_revision)
            counted = replace(anew, lost=intent.lost, former=intent.former)
        return LinkChanges(put_intents=(counted,))
    except (Rejected, Unreadable) as err:
        # In the end it is set aside: its next edit, or the next full round, makes a new intent.
        run.given_up.add(intent.team)
        if isinstance(err, Rejected):
            intent = replace(intent, sent_at=None)
        return LinkChanges(put_intents=(with_refusal(intent, reason(err)),))
    # What a first answer says is what was sent, in Outlook's spelling. Mostly that is the same, and
    # then one object: a first sync holds ten thousand of them.
    said = intent.content if item.content == intent.content else item.content
    return adoption(run, intent, item, echo=said if first else None)


def reason(err: AlmanacError) -> str:
    """Return the fixed word for why one side did not take an item."""
    return err.code if isinstance(err, Rejected) else type(err).__name__


T = TypeVar("T", Pair, Intent)


def with_refusal(one: T, why: str) -> T:
    """Return what is remembered of an item after one more refusal."""
    return replace(one, refused=one.refused + 1, why=why)


def adoption(
    run: LinkPass,
    intent: Intent,
    item: RemoteItem[Any],
    *,
    echo: Content | None = None,
    is_shown: bool = False,
) -> LinkChanges:
    """Return what makes an intent and the item that came of it a pair.

    Unless ``echo`` is given, what was sent is what both sides agreed on, not what is there now:
    somebody may have edited the item since, and that is a change like any other. An echo is what
    the item says.
    """
    observed = run.observe(item, epoch=None if is_shown else NOT_SHOWN, content=echo)
    if echo is None:
        # The exceptions of a series are still to be sent, and what was edited since.
        run.revisit.add(intent.team)
    pair = Pair(
        remote=item.id,
        team=intent.team,
        agreed=intent.content,
        echo=echo or intent.content,
        observed=observed,
        ours=True,
        made_at=run.clock.now(),
        lost=intent.lost,
        former=intent.former,
    )
    return LinkChanges(put_pairs=(pair,), drop_intents=(intent.team,))


async def _find_own(run: LinkPass, intent: Intent) -> RemoteItem[Any] | None:
    for hit in await run.outlook.tagged(intent.tag):
        own = hit.transaction_id == intent.transaction_id
        await run.held.touch([hit.id], ())
        if own and hit.id not in await run.held.here():
            return await run.outlook.find(hit.id)
    return None
