"""The picture of a contact: looked at in Outlook, and sent there.

A round tells that a contact has changed, and nothing of its picture. So a contact that has changed
is due to be looked at (:func:`look`): one request for the picture itself. What Outlook shows is
named as the list would (:mod:`services.sync.sides.pictures`): what Exchange has made of our own
picture is our own picture. From there on it is compared and merged like any field.

Graph has no way to take a picture away. One that is taken away here stays in Outlook, and does not
come back from there until somebody sets another one.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from enum import StrEnum
from typing import Any

from services.graph.remote_item import RemoteItem
from services.model.errors import BadPicture, Rejected, Stale, Unreadable
from services.model.items import Content
from services.model.pairs import Observation, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.content.contact_canonical import ContactGroup
from services.sync.content.pictures import NO_PICTURE, picture_of, with_picture
from services.sync.content.shape import shape_of
from services.sync.plan.survey import Step
from services.sync.sides.pictures import Album
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import READS_LAG, LinkPass

__all__ = ["look", "pictured", "recheck_picture", "update"]


async def look(run: LinkPass, step: Step) -> None:
    """See which picture a contact has in Outlook; the next survey plans what follows."""
    pair, observed = step.seen
    now = await _looked_at(run, pair, observed, step.item)
    is_as_before = picture_of(now.content) == picture_of(observed.content)
    if is_as_before and run.was_changed_lately(observed):
        now = replace(now, is_picture_due=True, is_picture_late=True)
    if not pair.is_apart and picture_of(pair.agreed) and not picture_of(pair.echo):
        # From before pictures were kept in step: this one was never sent.
        pair = replace(pair, agreed=pair.agreed and with_picture(pair.agreed, NO_PICTURE))
    await run.commit(LinkChanges(put_pairs=(replace(pair, observed=now),)))
    assert pair.team is not None
    run.revisit.add(pair.team)


async def recheck_picture(
    run: LinkPass,
    pair: Pair,
    observed: Observation,
    item: TeamItem[Any],
    groups: frozenset[StrEnum],
) -> Observation:
    """Check that a contact's picture is as the plan saw it, if another one is about to be sent.

    Return what is known of the contact now.

    Raises:
        Stale: it is not; the pair has been committed with what it is.
    """
    if ContactGroup.PHOTO not in groups:
        return observed
    now = await _looked_at(run, pair, observed, item)
    if picture_of(now.content) != picture_of(observed.content):
        await run.commit(LinkChanges(put_pairs=(replace(pair, observed=now),)))
        raise Stale
    return now


async def update(
    run: LinkPass,
    seen: RemoteItem[Any],
    observed: Observation,
    content: Content,
    groups: frozenset[StrEnum],
) -> RemoteItem[Any]:
    """Write some groups of a content to Outlook; return the item as it is then.

    Raises:
        Stale: it has changed since it was seen.
        Rejected: it is not taken.
    """
    written = groups - {ContactGroup.PHOTO}
    if written or written == groups:
        said = shape_of(content).overlay(seen.content, content, written)
        seen = await run.outlook.update(seen, said)
    if written == groups:
        return seen
    photo = picture_of(content)
    jpeg = await run.pictures.to_send(photo) if photo else None
    if jpeg is None:
        photo = picture_of(observed.content)  # it stays
    else:
        await _album(run).set_picture(seen.id, jpeg)
    return replace(seen, content=with_picture(seen.content, photo))


def pictured(run: LinkPass, pair: Pair, before: Observation, groups: frozenset[StrEnum]) -> Pair:
    """Return a pair that has just been written, with what is known of its picture.

    Args:
        run: the pass.
        pair: as it is known after the write.
        before: what was known just before it.
        groups: what was written.
    """
    now, shown = pair.observed, picture_of(pair.echo)
    assert now is not None
    # What we have written ourselves is no reason to look.
    now = replace(
        now,
        is_picture_due=before.is_picture_due,
        is_picture_late=before.is_picture_late,
        picture_seen=before.picture_seen,
    )
    if ContactGroup.PHOTO in groups:
        now = replace(now, content=with_picture(now.content, shown))
        if shown and shown == picture_of(pair.agreed):
            # In which bytes it is shown, the next look tells.
            now = replace(now, is_picture_due=False, picture_seen="")
            pair = replace(pair, pictured_at=run.clock.now())
    return replace(pair, observed=now)


async def _looked_at(
    run: LinkPass, pair: Pair, observed: Observation, item: TeamItem[Any] | None
) -> Observation:
    """Return what is known of a contact after a look at its picture.

    Raises:
        Stale: reads may lag behind what was sent, or the contact is gone: a later pass looks again.
    """
    looked = replace(observed, is_picture_due=False, is_picture_late=False)
    shown = picture_of(observed.content)
    try:
        data = await _album(run).picture(pair.remote)
        digest = hashlib.sha256(data).hexdigest()[:32] if data is not None else ""
        if digest and digest == observed.picture_seen:
            return looked
        known = (picture_of(item.content if item else None), picture_of(pair.agreed), shown)
        photo = NO_PICTURE if data is None else await run.pictures.known_as(data, known)
    except BadPicture:
        return replace(looked, picture_seen=digest)
    except (Rejected, Unreadable):
        return looked  # it stays as it is, until the contact changes or a full round comes
    if photo != shown and (_was_set_lately(run, pair) or await _is_gone(run, pair, photo)):
        run.come_back_soon = True
        run.given_up.add(pair.remote)
        raise Stale
    return replace(looked, content=with_picture(observed.content, photo), picture_seen=digest)


def _was_set_lately(run: LinkPass, pair: Pair) -> bool:
    """Tell whether this program set the picture so recently that reads may show another one."""
    return pair.pictured_at is not None and run.clock.now() - pair.pictured_at < READS_LAG


async def _is_gone(run: LinkPass, pair: Pair, photo: str) -> bool:
    """Tell whether no picture was found because there is no such contact any more."""
    return not photo and await run.outlook.find(pair.remote) is None


def _album(run: LinkPass) -> Album:
    assert isinstance(run.outlook, Album), "contacts alone have pictures"
    return run.outlook
