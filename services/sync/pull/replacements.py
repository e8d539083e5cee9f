"""Replacements: items that were made in place of an original that shows after all.

Desktop Outlook gives an event a new id when it is dragged, and reads may lag for longer than
anybody waits (:mod:`services.sync.pull.identity`). If the team has edited the event meanwhile, the
edit beats the apparent deletion, and a *replacement* is made in Outlook. Its pair keeps what would
identify the original, and the original's base (:func:`former_of`, ``Pair.former``). If the original
shows, it gets its place back with all edits of the team, and the replacement becomes a double that
is removed (:func:`restore_originals`). An edit that somebody made in the replacement comes in
first.

A replacement may be dragged in its turn, and be replaced itself; so each knows all that were there
before it. And somebody may make a meeting of it, which is never deleted here: then the original is
the double, if this program has made it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from services.ids import id_of
from services.model.errors import Stale
from services.model.events import EventId
from services.model.items import ItemId
from services.model.pairs import Former, Intent, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.pull.identity import KNOWN_FOR
from services.sync.pull.known_again import is_taken_out, still_known
from services.sync.sides.expanded import series_of
from services.sync.state.link_pass import LinkPass
from services.sync.state.pair_state import is_in_step

__all__ = ["Returned", "former_of", "restore_originals", "returned"]


@dataclass(frozen=True, slots=True)
class Returned:
    """An original that shows after all."""

    replacement: Pair | Intent
    former: Former
    """Which of the originals that the replacement knows of."""
    shown: Pair


def former_of(before: Pair | Intent) -> Former | None:
    """Return the original that a create is about to replace; ``None`` = it replaces none.

    Args:
        before: the pair of the original, or the create that was set aside before this one.
    """
    if isinstance(before, Intent):
        return before.former
    is_part = before.team is not None and series_of(before.team) is not None
    if before.trace is None or is_part:
        return None
    first = before.former
    older = (replace(first, older=()), *first.older) if first is not None else ()
    return Former(
        trace=before.trace,
        remote=before.remote,
        origin=before.origin or before.remote,
        ours=before.ours,
        agreed=before.agreed,
        echo=before.echo,
        older=tuple(each for each in older if before.trace.at - each.trace.at < KNOWN_FOR),
    )


async def restore_originals(run: LinkPass) -> None:
    """Give originals that show after all their place back; between pull and plan.

    One commit each: with two pairs of one item of the team, nobody could tell which one counts.
    """
    waiting = [pair for pair in (await run.held.pairs()).values() if pair.former]
    begun = [intent for intent in (await run.intents()).values() if intent.former]
    if not waiting and not begun:
        return
    if any(_is_untied(pair) for pair in (await run.held.pairs()).values()):
        await run.held.include_all()  # whether a uid is unique can be said of all pairs only
        while found := await _next(run):
            try:
                await run.commit(await _restored(run, found))
            except Stale:  # somebody changes it in the team at the same moment
                run.given_up.add(found.shown.remote)
                run.come_back_soon = True
    now = run.clock.now()
    held = [pair for pair in (await run.held.pairs()).values() if pair.former]
    held = [pair for pair in held if pair.remote not in run.awaited]
    late = [pair for pair in held if pair.former and now - pair.former.trace.at >= KNOWN_FOR]
    await run.commit_all([LinkChanges(put_pairs=(replace(pair, former=None),)) for pair in late])


async def _next(run: LinkPass) -> Returned | None:
    """Return an original that may have its place back; others are left alone in this pass.

    Of several that one replacement knows of, the newest is first: it gives way in its turn.
    """
    begun = [intent for intent in (await run.intents()).values() if intent.former]
    for found in returned((await run.held.pairs()).values(), begun):
        if found.shown.remote in run.given_up:
            continue
        if _is_meeting(found.replacement) or _may_go(found.replacement):
            return found
        run.given_up.add(found.shown.remote)
        run.come_back_soon |= not found.replacement.refused
        if isinstance(found.replacement, Pair):
            run.awaited.add(found.replacement.remote)
    return None


def returned(pairs: Collection[Pair], begun: Iterable[Intent] = ()) -> list[Returned]:
    """Return the originals that show, each with its replacement, the newest original first.

    An original that we had made is known by its transaction id, which a copy lacks; one that a
    person had made by its ``uid``, if no other item has it; either also by the id that it had last.
    If the replacement is somebody's meeting by now, only an original that we had made is returned.

    Args:
        pairs: all pairs of the link.
        begun: open creates.
    """
    replacements: list[Pair | Intent] = [*begun, *(pair for pair in pairs if pair.former)]
    waiting = [each for one in replacements for each in _formers(one)]
    named = {former.remote: (one, former) for one, former in waiting if former.remote}
    made = {each.trace.transaction_id: (one, each) for one, each in waiting if each.ours}
    found = {each.trace.uid: (one, each) for one, each in waiting if not each.ours}
    times = Counter(pair.observed.uid for pair in pairs if pair.observed)
    back: list[Returned] = []
    for pair in pairs:
        seen = pair.observed
        if seen is None or not _is_untied(pair):
            continue
        known = named.get(pair.remote)
        known = known or (made.get(seen.transaction_id) if seen.transaction_id else None)
        if known is None and seen.uid and times[seen.uid] == 1:
            known = found.get(seen.uid)
        if known is not None:
            back.append(Returned(*known, pair))
    return sorted(back, key=lambda each: each.former.trace.at, reverse=True)


def _formers(replacement: Pair | Intent) -> Iterator[tuple[Pair | Intent, Former]]:
    """Yield the originals that a replacement knows of, the newest first, each beside it."""
    former = replacement.former
    while former is not None:
        if former.ours or not _is_meeting(replacement):
            yield replacement, former
        former = former.previous


def _is_untied(pair: Pair) -> bool:
    return pair.observed is not None and pair.team is None


def _is_meeting(replacement: Pair | Intent) -> bool:
    if isinstance(replacement, Intent) or replacement.observed is None:
        return False
    return replacement.observed.mirror is not None


def _may_go(replacement: Pair | Intent) -> bool:
    """Tell whether nothing would be lost: its edits have come in, or it was never made."""
    if isinstance(replacement, Intent):
        return replacement.sent_at is None
    # What Outlook has refused to take, the original is told of.
    return replacement.observed is None or is_in_step(replace(replacement, refused=0))


async def _restored(run: LinkPass, found: Returned) -> LinkChanges:
    replacement, former, shown = found.replacement, found.former, found.shown
    assert shown.observed is not None
    now = replace(
        shown,
        origin=former.origin,
        agreed=former.agreed,
        echo=former.echo,
        ours=former.ours,
    )
    if _is_meeting(replacement):
        double = _double(run, now, replacement.team)
        seen = run.entering(shown.observed, double)
        return LinkChanges(put_pairs=(replace(double, observed=seen),))
    now = replace(now, team=replacement.team, lost=replacement.lost, former=former.previous)
    now = replace(now, observed=run.entering(shown.observed, now))
    if not await _is_in_team(run, replacement.team):
        now = replace(now, agreed=None, echo=None)  # it comes back
    # The team's edits since then have been planned already: they are planned again.
    link = replace(run.link, team_revision=0)
    between = tuple(
        _double(run, pair, replacement.team)
        for _, each in _formers(replacement)
        if each.trace.at > former.trace.at
        for pair in still_known(each, None)
    )
    if isinstance(replacement, Intent):
        return LinkChanges(put_pairs=(now, *between), drop_intents=(replacement.team,), link=link)
    # As if the team had deleted it: it is removed; an edit that somebody makes even now comes in.
    double = _double(run, replacement, replacement.team)
    return LinkChanges(put_pairs=(now, double, *between), link=link)


async def _is_in_team(run: LinkPass, id: ItemId | None) -> bool:
    """Tell whether an item has not left the team, or a person has deleted it there.

    If it left because its replacement seemed deleted, it comes back out of the recycle bin: it
    says what the team had made of it since the original was gone.
    """
    item = await run.team.find(id) if id is not None else None
    if not is_taken_out(item):
        return True
    if item is None or item.is_anothers or item.mirror is not None or not run.policy.lets_in:
        return False
    await run.team.write(item.id, item.content, None, expect_revision=item.revision)
    return True


def _double(run: LinkPass, pair: Pair, of: ItemId | None) -> Pair:
    no_item = EventId(id_of("double", run.link.id, pair.remote))
    pair = replace(pair, team=no_item, former=None, is_apart=False, lost=())
    return replace(pair, is_double=True, double_of=of)
