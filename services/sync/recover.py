"""First step of a pass: finish the creates that an earlier pass began.

A create is written down as an intent before it is sent. An intent that is still there was cut short
somewhere: before it was sent, while it was under way, or before its answer was stored.
:func:`recover` searches Outlook for the intent's tag and adopts the item if its transaction id is
the intent's too: people copy events, and the tag with them, but not the transaction id. If there is
no such item, the very same bytes are sent again, and Microsoft drops a transaction id that it has
seen already. Contacts have no transaction id: the item with the tag that was made first is taken
for ours, and nothing is sent again before reads should have shown it (:data:`READS_LAG`).
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
from services.sync.sides.refusals import is_about_the_moment
from services.sync.state.link_pass import READS_LAG, LinkPass
from services.sync.state.pair_state import NOT_SHOWN

__all__ = [
    "adoption",
    "new_intent",
    "recover",
    "refused",
    "send",
    "sent",
    "unsent",
]


async def recover(run: LinkPass) -> None:
    """Adopt the item of every open create, or send it again."""
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
    """Go on when the search itself is refused, so that nobody can tell whether it has arrived."""
    if intent.transaction_id and run.policy.lets_out:
        await send(run, intent)  # Microsoft drops what it has already
        return
    run.given_up.add(intent.team)
    await run.commit(LinkChanges(put_intents=(refused(intent, err),)))


async def _held_back(run: LinkPass, intent: Intent) -> None:
    """Drop a create: since it was sent, the link was set to write nothing to Outlook."""
    if not _may_still_show(run, intent):
        await run.commit(LinkChanges(drop_intents=(intent.team,)))


def _may_still_show(run: LinkPass, intent: Intent) -> bool:
    return intent.sent_at is not None and run.clock.now() - intent.sent_at < READS_LAG


def new_intent(
    run: LinkPass, team: ItemId, content: Content, revision: int, *, batch: str = ""
) -> Intent:
    """Return a create that is ready to be written down and sent.

    The exceptions of a series are not part of it: they follow as an update.
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
    """Send a create that has been written down, and store the result."""
    try:
        changes = await sent(run, intent, first=first)
    except Throttled:
        await run.commit(unsent(intent))
        raise
    await run.commit(changes)


def unsent(intent: Intent) -> LinkChanges:
    """Return what is stored of a throttled create: it certainly took no effect."""
    return LinkChanges(put_intents=(replace(intent, sent_at=None),))


async def sent(run: LinkPass, intent: Intent, *, first: bool) -> LinkChanges:
    """Send a create that has been written down; return what is to be stored of the answer.

    Raises:
        Throttled: it was not taken; see :func:`unsent`.
        Unreachable: whether it took effect is unknown.
    """
    try:
        item = await run.outlook.create(intent.payload)
    except Stale:
        # It arrived before, and its id is unknown: the next pull may show it. If it never shows,
        # somebody has deleted it there, and it is made again under a new transaction id.
        counted = _with_refusal(intent, "Stale")
        if counted.is_set_aside:
            anew = new_intent(run, intent.team, intent.content, intent.team_revision)
            counted = replace(anew, lost=intent.lost, former=intent.former)
        return LinkChanges(put_intents=(counted,))
    except (Rejected, Unreadable) as err:
        # After some refusals it is set aside; its next edit, or a full round, makes a new intent.
        # An answer that is about the moment leaves it open, and the next pass sends it again.
        run.given_up.add(intent.team)
        if isinstance(err, Rejected):
            intent = replace(intent, sent_at=None)
        return LinkChanges(put_intents=(refused(intent, err),))
    # The answer to the first try says what was sent, in Outlook's spelling. Where that is the same
    # it is kept as one object, since a first sync holds ten thousand of them.
    said = intent.content if item.content == intent.content else item.content
    return adoption(run, intent, item, echo=said if first else None)


T = TypeVar("T", Pair, Intent)


def refused(one: T, err: AlmanacError) -> T:
    """Return a pair or an intent with one more refusal counted, if it is one of this item."""
    if is_about_the_moment(err):
        return one
    return _with_refusal(one, err.code if isinstance(err, Rejected) else type(err).__name__)


def _with_refusal(one: T, why: str) -> T:
    return replace(one, refused=one.refused + 1, why=why)


def adoption(
    run: LinkPass,
    intent: Intent,
    item: RemoteItem[Any],
    *,
    echo: Content | None = None,
    is_shown: bool = False,
) -> LinkChanges:
    """Return the changes that turn an intent and its item into a pair.

    Args:
        run: the pass.
        intent: the create.
        item: as it is in Outlook now.
        echo: how Outlook spelled what was sent, if this is the answer to it. Otherwise the base is
            what was sent: somebody may have edited the item since, which is a change of theirs.
        is_shown: whether a delta round has shown the item.
    """
    observed = run.observe(item, epoch=None if is_shown else NOT_SHOWN, content=echo)
    if echo is not None and observed.is_picture_due:
        observed = replace(observed, is_picture_due=False)  # what is just made has none
    if echo is None:
        # Still to be compared: exceptions of a series, and edits made since.
        run.revisit.add(intent.team)
    pair = Pair(
        remote=item.id,
        team=intent.team,
        agreed=intent.content,
        echo=echo or shape_of(intent.content).sent(intent.content),
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
        await run.held.include([hit.id], ())
        if own and hit.id not in await run.held.pairs():
            return await run.outlook.find(hit.id)
    return None
