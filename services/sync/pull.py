"""Second step of a pass: read what has changed in Outlook and remember it.

:func:`pull` stores observations, not work: what to do about them is planned afterwards, from
what is stored, so a crash in between loses nothing. The cursor is written last; where there are
items that nobody knew, it waits for them (:mod:`services.sync.unkept`). The notice that
something is gone is only a hint, since an item that has left the window is reported in the same
way: one question by id decides, and only "not there" counts as deleted. Reads lag behind writes,
so of what was made just now even that is believed only where the round itself reports it gone.

When the service no longer knows the cursor, or the window has to move on, a full round reads
everything in a new epoch. Nothing is wiped: items are joined on their pairs, and a pair that the
round has not met is asked for by id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from services.graph.remote_item import RemoteItem, UnreadItem
from services.model.accounts import Cursor, Intent, Pair, RemoteId, Unread
from services.model.errors import Expired, Unreadable
from services.model.items import Content
from services.storage.repositories.links import LinkChanges
from services.sync.link_pass import LinkPass
from services.sync.recover import UNHEARD, adoption
from services.sync.shape import shape_of
from services.sync.window import is_stale, window_at

__all__ = ["pull"]

T = TypeVar("T")

MOST_UNREAD = 50


@dataclass(slots=True)
class _Harvest:
    """What a round has read, the last word on each item."""

    changed: dict[RemoteId, RemoteItem[Any]] = field(default_factory=dict)
    removed: set[RemoteId] = field(default_factory=set)
    unread: dict[RemoteId, UnreadItem] = field(default_factory=dict)
    """There, but not to be said in our words: left as it is on both sides."""
    delta_link: str = ""

    @property
    def says_anything(self) -> bool:
        return bool(self.changed or self.removed or self.unread)


async def pull(run: LinkPass) -> None:
    """Read on from the link's cursor; store what was seen, then the new cursor.

    Raises:
        NotFound: the calendar is gone.
    """
    known = await run.links.cursor(run.link)
    if known is None or is_stale(known, run.clock.now(), run.link.settings):
        await _full_round(run, known)
        return
    try:
        await _round(run, known, full=False)
    except Expired:
        await _full_round(run, known)


async def _full_round(run: LinkPass, known: Cursor | None) -> None:
    start, end = window_at(run.clock.now(), run.link.settings)
    await _round(run, Cursor("", start, end, known.epoch + 1 if known else 1), full=True)


async def _round(run: LinkPass, cursor: Cursor, *, full: bool) -> None:
    harvest = await _read(run, cursor)
    run.cursor = replace(cursor, delta_link=harvest.delta_link)
    if run.link.loose == () and not full and not harvest.says_anything:
        await run.commit(LinkChanges(cursor=run.cursor))
        return
    if full:
        await run.held.touch_all()
    else:
        await run.held.touch(harvest.changed.keys() | harvest.removed, ())
    pairs = await run.held.here()
    unshown = _unheard(pairs)
    if full:
        unshown |= _unmet(run, run.cursor, pairs) - harvest.unread.keys()
    unshown -= harvest.changed.keys()
    fresh = {id for id in unshown if run.is_fresh(pairs[id])} - _dragged(pairs, harvest)
    run.waits = bool(fresh)
    missing = (harvest.removed & pairs.keys()) | (unshown - fresh)
    seen: dict[RemoteId, RemoteItem[Any] | None] = {**harvest.changed}
    for id in sorted(missing):
        # Unreadable: it is there, which is all that was asked.
        with suppress(Unreadable):
            seen[id] = await _as_it_is(run, pairs[id])
    unread = _unread(run, harvest, full=full)
    await _store(run, pairs, seen, unread, [_doubted(pairs[id]) for id in sorted(fresh)], full=full)


def _doubted(pair: Pair) -> Pair:
    """Return what no round may be said to have told of: the next one asks for it."""
    assert pair.observed is not None
    return replace(pair, observed=replace(pair.observed, epoch=UNHEARD))


async def _as_it_is(run: LinkPass, pair: Pair) -> RemoteItem[Any] | None:
    """Return an item that a round does not show, ``None`` where it is gone from here.

    What somebody wrote in Outlook and moved to another calendar has left this one. A copy that
    this program made stays the team's, wherever somebody keeps it.
    """
    found = await run.outlook.find(pair.remote)
    if found is None or pair.ours or await run.outlook.holds(pair.remote):
        return found
    return None


async def _read(run: LinkPass, cursor: Cursor) -> _Harvest:
    harvest = _Harvest()
    async for page in run.outlook.changes(cursor):
        for item in page.changed:
            harvest.changed[item.id] = item
            harvest.removed.discard(item.id)
            harvest.unread.pop(item.id, None)
        for id in page.removed:
            harvest.changed.pop(id, None)
            harvest.unread.pop(id, None)
            harvest.removed.add(id)
        harvest.unread |= {unread.id: unread for unread in page.unread}
        harvest.delta_link = page.delta_link or harvest.delta_link
        if page.delta_link is None:  # there is more to come
            await run.hold()
    return harvest


def _unheard(pairs: Mapping[RemoteId, Pair]) -> set[RemoteId]:
    """Return what we made and no round has told of yet.

    Were it deleted before the next round, that round might not mention it at all.
    """
    return {id for id, pair in pairs.items() if pair.observed and pair.observed.epoch == UNHEARD}


def _dragged(pairs: Mapping[RemoteId, Pair], harvest: _Harvest) -> set[RemoteId]:
    """Return what the round shows under another id: by the one it had it may be gone at once."""
    told = {item.transaction_id for id, item in harvest.changed.items() if id not in pairs} - {""}
    return {
        id for id, pair in pairs.items() if pair.observed and pair.observed.transaction_id in told
    }


def _unmet(run: LinkPass, cursor: Cursor, pairs: Mapping[RemoteId, Pair]) -> set[RemoteId]:
    """Return what a full round of the window should have met."""
    return {
        pair.remote
        for pair in pairs.values()
        if pair.observed and _is_covered(run, cursor, pair.observed.content)
    }


def _is_covered(run: LinkPass, cursor: Cursor, content: Content) -> bool:
    return shape_of(content).covers(cursor, content, run.book.zone)


async def _store(
    run: LinkPass,
    pairs: Mapping[RemoteId, Pair],
    seen: dict[RemoteId, RemoteItem[Any] | None],
    unread: tuple[Unread, ...],
    doubted: Iterable[Pair],
    *,
    full: bool,
) -> None:
    open_creates = (await run.intents()).values()
    intents = {each.transaction_id: each for each in open_creates if each.transaction_id}
    tags = {each.tag: each for each in open_creates if not each.transaction_id}
    changes = [LinkChanges(put_pairs=(pair,)) for pair in doubted if pair != pairs[pair.remote]]
    first: list[Pair] = []
    moved = _moved(pairs, seen)
    left = {pair.remote for pair in moved.values()}
    for id, item in seen.items():
        pair = pairs.get(id)
        if id in left:
            continue  # it is there under its new id
        if item is not None and id in moved:
            changes.append(_seen_elsewhere(run, moved[id], item))
        elif pair is not None:
            if (now := _seen_again(run, pair, item)) != pair:
                changes.append(LinkChanges(put_pairs=(now,)))
        elif item is not None and not item.is_cancelled:
            intent = intents.pop(item.transaction_id, None) or await _of_tag(run, tags, id)
            if intent is not None:
                changes.append(adoption(run, intent, item, is_heard=True))
            else:
                first.append(_seen_first(run, item))
    link = replace(
        run.link,
        loose=None if full or changes or first or unread != run.link.unread else run.link.loose,
        unread=unread,
        # In a new epoch the team's side is looked through from the start as well.
        team_revision=0 if full else run.link.team_revision,
    )
    *early, last = changes or [LinkChanges()]
    await run.commit_all([_too_early(each, pairs) for each in early])
    run.hold_back(first)
    last = _too_early(last, pairs) if first else last
    await run.commit(replace(last, link=None if link == run.link else link))


def _too_early(change: LinkChanges, known: Collection[RemoteId]) -> LinkChanges:
    """Return what is kept before the cursor is; what is new by its id is asked for once more.

    Who dies in between reads from the old cursor on, and no round tells from there that an item
    has come and gone.
    """
    pairs = [pair if pair.remote in known else _doubted(pair) for pair in change.put_pairs]
    return replace(change, put_pairs=tuple(pairs))


async def _of_tag(run: LinkPass, tags: dict[str, Intent], id: RemoteId) -> Intent | None:
    """Return the create that an item without transaction ids came of.

    A round may show it sooner than a question for its tag, and never shows the tag itself.
    """
    if not tags:
        return None
    with suppress(Unreadable):
        seen = await run.outlook.find(id)
        return tags.pop(seen.tag, None) if seen is not None else None
    return None


def _unread(run: LinkPass, harvest: _Harvest, *, full: bool) -> tuple[Unread, ...]:
    """Return what could not be read, now or in a round before that this one does not tell of."""
    told = harvest.changed.keys() | harvest.removed | harvest.unread.keys()
    kept = [each for each in run.link.unread if not full and each.remote not in told]
    found = [Unread(each.id, each.title, each.why) for each in harvest.unread.values()]
    return tuple(sorted((*kept, *found), key=lambda each: each.remote)[:MOST_UNREAD])


def _moved(
    pairs: Mapping[RemoteId, Pair], seen: Mapping[RemoteId, RemoteItem[Any] | None]
) -> dict[RemoteId, Pair]:
    """Return the pairs whose item has another id now, by that id.

    Desktop Outlook gives an event a new one when it is dragged. What we made is known by its
    transaction id, which a copy lacks; what people made by its ``uid``, if one item alone that is
    gone has it, and one alone that is new.
    """
    gone = [pair for id, item in seen.items() if item is None and (pair := pairs.get(id))]
    new = [item for id, item in seen.items() if item is not None and id not in pairs]
    made = _alone(
        (pair.observed.transaction_id, pair) for pair in gone if pair.ours and pair.observed
    )
    found = _alone((pair.observed.uid, pair) for pair in gone if not pair.ours and pair.observed)
    came = _alone((item.uid, item) for item in new)
    moved = {item.id: made[item.transaction_id] for item in new if item.transaction_id in made}
    return moved | {came[uid].id: found[uid] for uid in came.keys() & found.keys()}


def _alone(named: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return what has a name, and shares it with nobody."""
    listed = list(named)
    times = Counter(name for name, _ in listed)
    return {name: each for name, each in listed if name and times[name] == 1}


def _seen_elsewhere(run: LinkPass, pair: Pair, item: RemoteItem[Any]) -> LinkChanges:
    origin = pair.origin or pair.remote
    now = replace(pair, remote=item.id, origin=origin)
    now = replace(now, observed=run.observe(item, now), refused=0)
    return LinkChanges(put_pairs=(now,), drop_pairs=(pair.remote,))


def _seen_again(run: LinkPass, pair: Pair, item: RemoteItem[Any] | None) -> Pair:
    # A meeting that was called off is over, though Outlook shows it until somebody removes it.
    observed = None if item is None or item.is_cancelled else run.observe(item, pair)
    if observed == pair.observed:
        return pair
    return replace(pair, observed=observed, refused=0)


def _seen_first(run: LinkPass, item: RemoteItem[Any]) -> Pair:
    return Pair(remote=item.id, team=None, agreed=None, observed=run.observe(item))
