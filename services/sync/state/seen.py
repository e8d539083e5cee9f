"""What is stored of an item as it was just seen in Outlook. Pure.

What no round tells of is taken to be as it was: which picture a contact has. Whether it has to be
looked at is told by the change key.
"""

from __future__ import annotations

from typing import Any

from services.graph.remote_item import RemoteItem
from services.model.items import Content
from services.model.pairs import Observation, Pair
from services.sync.content.pictures import picture_of, with_picture

__all__ = ["observation"]


def observation(
    item: RemoteItem[Any], pair: Pair | None, content: Content, *, epoch: int, crosses: bool
) -> Observation:
    """Return what is stored.

    Args:
        item: the item.
        pair: its pair, if it has one.
        content: what the item says.
        epoch: of the round.
        crosses: whether anything may cross the link at all.
    """
    is_picture_due, is_picture_late, picture_seen = False, False, ""
    if item.lacks_picture:
        was = pair.observed if pair else None
        is_as_it_was = was is not None and was.change_key == item.change_key
        is_picture_due = crosses and (was.is_picture_due if was and is_as_it_was else True)
        is_picture_late = is_as_it_was and was is not None and was.is_picture_late
        picture_seen = was.picture_seen if was else ""
        last = was.content if was else pair.echo if pair else None
        content = with_picture(content, picture_of(last))
    return Observation(
        change_key=item.change_key,
        content=content,
        mirror=item.mirror,
        keeps_text=item.keeps_text,
        transaction_id=item.transaction_id,
        uid=item.uid,
        epoch=epoch,
        is_picture_due=is_picture_due,
        is_picture_late=is_picture_late,
        picture_seen=picture_seen,
        changed_at=item.changed_at,
    )
