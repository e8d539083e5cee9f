"""Second step of a pass: read what has changed in Outlook and store it.

:func:`pull` stores observations, not work: what to do about them is planned afterwards, from what
is stored, so a crash in between loses nothing. The cursor is written last; if there are new items,
it waits for them (:mod:`services.sync.state.uncommitted`).

``@removed`` is only a hint, since an item that has left the window is reported in the same way. A
GET by id decides, and only 404 counts as deleted. Reads lag behind writes, so for an item that we
have just made even a 404 counts only if the round itself reports it gone.

When the service no longer knows the delta token, or the window has to move on, a full round reads
everything in a new epoch. Nothing is wiped: items keep their pairs, and a pair that the round
should have shown and did not is asked for by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from services.graph.remote_item import RemoteItem
from services.model.accounts import RemoteId, Unread
from services.model.errors import Expired, Failing, Unreachable, Unreadable
from services.model.pairs import Cursor, Intent, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.content.window import is_stale, window_at
from services.sync.pull.delta_round import read_round, still_unread
from services.sync.pull.identity import gone, moved_to, namesakes
from services.sync.pull.known_again import include_known, shown_again
from services.sync.pull.orphans import coming, orphans
from services.sync.pull.unshown import reappeared, unshown
from services.sync.recover import adoption
from services.sync.state.link_pass import LinkPass
from services.sync.state.pair_state import NOT_SHOWN

__all__ = ["pull"]


async def pull(run: LinkPass) -> None:
    """Read on from the link's cursor; store what was seen, then the new cursor.

    Raises:
        NotFound: the calendar is gone.
        Unreachable: among others, a round is forgotten while it is read.
    """
    known = await run.links.cursor(run.link)
    if known is None or is_stale(known, run.clock.now(), run.link.settings):
        await _full_round(run)
        return
    try:
        await _round(run, known, full=False)
    except Expired:
        await _full_round(run)


async def _full_round(run: LinkPass) -> None:
    start, end = window_at(run.clock.now(), run.link.settings)
    await run.held.include_all()
    seen = (pair.observed for pair in (await run.held.pairs()).values())
    newest = max((each.epoch for each in seen if each), default=NOT_SHOWN)
    try:
        await _round(run, Cursor("", start, end, newest), full=True)
    except Expired as err:  # forgotten while it was read
        raise Unreachable("round") from err


async def _round(run: LinkPass, cursor: Cursor, *, full: bool) -> None:
    delta = await read_round(run, cursor)
    run.cursor = replace(cursor, delta_link=delta.delta_link)
    if run.link.loose == () and not full and not delta.says_anything:
        await run.commit(LinkChanges(cursor=run.cursor))
        return
    run.cursor = replace(run.cursor, epoch=cursor.epoch + 1)
    await run.held.include(delta.changed.keys() | delta.removed, ())
    await include_known(run, delta.changed.values())
    pairs = await run.held.pairs()
    open_ids = unshown(run, pairs, delta, cursor, full=full)
    doubtful = {id for id in open_ids if run.is_fresh(pairs[id])} - reappeared(pairs, delta)
    run.come_back_soon |= bool(doubtful)
    missing = {id for id in delta.removed if id in pairs and not pairs[id].is_remembered}
    missing |= open_ids - doubtful
    seen: dict[RemoteId, RemoteItem[Any] | None] = {**delta.changed}
    unanswered: list[RemoteId] = []
    for id in sorted(missing):
        try:
            seen[id] = await _as_it_is(run, pairs[id])
        except Unreadable:
            pass  # it is there, and that was the question
        except Failing as err:
            run.leave_failing(err)
            unanswered.append(id)
    doubtful.update(unanswered)
    for id in namesakes(pairs, unanswered, delta.changed):  # dragged, if the old one has gone
        delta.put_off(id)
        del seen[id]
    unread = still_unread(run, delta, full=full)
    orphaned, still_there = await orphans(run, pairs.keys() | delta.changed.keys())
    seen |= {item.id: item for item in still_there}
    undecided = [*orphaned, *(_as_not_shown(pairs[id]) for id in sorted(doubtful))]
    await _store(run, pairs, seen, unread, undecided, full=full)


def _as_not_shown(pair: Pair) -> Pair:
    """Return a pair as not shown by any round, so that the next pass asks for its item by id."""
    if pair.observed is None:
        return pair
    return replace(pair, observed=replace(pair.observed, epoch=NOT_SHOWN))


async def _as_it_is(run: LinkPass, pair: Pair) -> RemoteItem[Any] | None:
    """Return an item by its id, ``None`` if it is gone from this calendar.

    An item that its owner wrote and moved to another calendar has left this one. A copy that this
    program made stays paired, wherever its owner keeps it.
    """
    found = await run.outlook.find(pair.remote)
    if found is None or pair.ours or await run.outlook.holds(pair.remote):
        return found
    return None


def _hidden(
    run: LinkPass,
    pairs: Mapping[RemoteId, Pair],
    seen: Mapping[RemoteId, RemoteItem[Any] | None],
) -> Iterator[LinkChanges]:
    """Yield pairs that the round did not show, and of which the team may now see less."""
    for id, pair in pairs.items():
        if id not in seen and pair.observed is not None and run.is_import(pair):
            now = run.entering(pair.observed, pair)
            if now != pair.observed:
                yield LinkChanges(put_pairs=(replace(pair, observed=now),))


async def _store(
    run: LinkPass,
    pairs: Mapping[RemoteId, Pair],
    seen: Mapping[RemoteId, RemoteItem[Any] | None],
    unread: tuple[Unread, ...],
    undecided: Iterable[Pair],
    *,
    full: bool,
) -> None:
    """Store what a round has shown: the link first, then known pairs, the cursor with the last.

    Args:
        run: the pass.
        pairs: those that are held.
        seen: each item as it is now; ``None`` = it is gone.
        unread: what could not be read.
        undecided: pairs of which this round could not tell whether the item is gone.
        full: whether it was a full round.
    """
    changes = [
        LinkChanges(put_pairs=(pair,)) for pair in undecided if pair != pairs.get(pair.remote)
    ]
    moved = moved_to(pairs, seen)
    old_ids = {pair.remote for pair in moved.values()}
    known = {id: item for id, item in seen.items() if id in pairs and id not in old_ids}
    if full:
        changes += _hidden(run, pairs, seen)
    unpaired = [item for id, item in seen.items() if item is not None and id not in pairs]
    again = [(moved[item.id], item) for item in unpaired if item.id in moved]
    # Items that show under their old id again, although their pairs have ended.
    back = [id for id, item in known.items() if pairs[id].is_remembered and _is_there(item)]
    again += [(pairs[id], item) for id in back if (item := known.pop(id))]
    shown = [await shown_again(run, pair, item) for pair, item in again]
    changes += shown
    # The team's side has to be read for those, even where Outlook shows what was agreed on.
    ended = any(pair.observed is None or pair.refused for pair, _ in again)
    is_as_agreed = ended and any(each.agreed for one in shown for each in one.put_pairs)
    new = [item for item in unpaired if item.id not in moved and _is_there(item)]
    adopted, first = await _adopted_or_first(run, new)
    changes += adopted
    updates = _updates(run, pairs, known, full=full)
    changes += islice(updates, 1)  # whether there is any; the others are made as they are written
    link = replace(
        run.link,
        loose=None if full or changes or first or unread != run.link.unread else run.link.loose,
        unread=unread,
        coming=coming(run.link.coming, first),
        # In a new epoch the team's side is looked through from the start as well.
        team_revision=0 if full or is_as_agreed else run.link.team_revision,
    )
    if link != run.link:  # before any pair, so that after a crash all of them are read
        changes.insert(0, LinkChanges(link=link))
    last = await run.commit_all_but_last(chain(changes, updates))
    run.hold_back(first)
    await run.commit(last)


async def _adopted_or_first(
    run: LinkPass, new: Iterable[RemoteItem[Any]]
) -> tuple[list[LinkChanges], list[Pair]]:
    """Divide new items: those of open creates, adopted, and those seen for the first time."""
    open_creates = (await run.intents()).values()
    intents = {each.transaction_id: each for each in open_creates if each.transaction_id}
    tags = {each.tag: each for each in open_creates if not each.transaction_id}
    adopted: list[LinkChanges] = []
    first: list[Pair] = []
    for item in new:
        intent = intents.pop(item.transaction_id, None) or await _of_tag(run, tags, item.id)
        if intent is not None:
            adopted.append(adoption(run, intent, item, is_shown=True))
        else:
            first.append(_seen_first(run, item))
    return adopted, first


async def _of_tag(run: LinkPass, tags: dict[str, Intent], id: RemoteId) -> Intent | None:
    """Return the open create that an item without a transaction id carries the tag of.

    A round may show the item before a search for its tag does, and never shows the tag itself.
    """
    if not tags:
        return None
    with suppress(Unreadable):
        seen = await run.outlook.find(id)
        return tags.pop(seen.tag, None) if seen is not None else None
    return None


def _updates(
    run: LinkPass,
    pairs: Mapping[RemoteId, Pair],
    seen: Mapping[RemoteId, RemoteItem[Any] | None],
    *,
    full: bool,
) -> Iterator[LinkChanges]:
    """Yield pairs whose observation has changed, or that a round shows for the first time."""
    for id, item in seen.items():
        pair = pairs[id]
        now = _as_seen(run, pair, item)
        if full and item is not None and item.lacks_picture and now.observed is not None:
            # Nobody promises that a change key moves with the picture.
            now = replace(now, observed=replace(now.observed, is_picture_due=run.crosses))
        if now.observed != pair.observed:
            # What was refused may be taken now. One is left: the team's edit is still to be sent.
            yield LinkChanges(put_pairs=(replace(now, refused=min(now.refused, 1)),))


def _is_there(item: RemoteItem[Any] | None) -> bool:
    """Tell whether an item shows, and is no meeting that was called off."""
    return item is not None and not item.is_cancelled


def _as_seen(run: LinkPass, pair: Pair, item: RemoteItem[Any] | None) -> Pair:
    if item is None:
        return gone(pair, run.clock.now())
    # A meeting that was called off counts as gone; Outlook shows it until somebody removes it.
    if item.is_cancelled:
        return replace(pair, observed=None)
    was = pair.observed
    told_before = was.epoch if was and was.epoch != NOT_SHOWN else None
    return replace(pair, observed=run.observe(item, pair, epoch=told_before), trace=None)


def _seen_first(run: LinkPass, item: RemoteItem[Any]) -> Pair:
    return Pair(remote=item.id, team=None, agreed=None, observed=run.observe(item))
