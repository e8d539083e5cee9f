"""Replacements: items that were made in place of an original that shows after all.

Desktop Outlook gives an event a new id when it is dragged, and reads may lag for longer than
anybody waits (:mod:`services.sync.pull.identity`). If the team has edited the event meanwhile, the
edit beats the apparent deletion, and a *replacement* is made in Outlook. Its pair keeps what would
identify the original, and the original's base (:func:`former_of`, ``Pair.former``). If the original
shows, it gets its place back with all edits of the team, and the replacement becomes a double that
is removed (:func:`restore_originals`). An edit that somebody made in the replacement comes in
first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta

from services.ids import id_of
from services.model.events import EventId
from services.model.pairs import Former, Intent, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.sides.expanded import series_of
from services.sync.state.link_pass import LinkPass
from services.sync.state.pair_state import is_in_step

__all__ = ["KNOWN_FOR", "former_of", "restore_originals", "returned"]

KNOWN_FOR = timedelta(days=7)
"""For so long a replacement gives way to its original. Microsoft promises no bound for its lag; a
full round comes within that time, and until then each pass looks at the replacements."""


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
    return Former(
        trace=before.trace,
        origin=before.origin or before.remote,
        ours=before.ours,
        agreed=before.agreed,
        echo=before.echo,
    )


async def restore_originals(run: LinkPass) -> None:
    """Give originals that show after all their place back; between pull and plan.

    One commit each: with two pairs of one item of the team, nobody could tell which one counts.
    """
    waiting = [pair for pair in (await run.held.pairs()).values() if pair.former]
    begun = [intent for intent in (await run.intents()).values() if intent.former]
    if not waiting and not begun:
        return
    await run.held.include_all()  # whether a uid is unique can be said of all pairs only
    for replacement, shown in returned((await run.held.pairs()).values(), begun):
        if _may_go(replacement):
            await run.commit(_restored(run, replacement, shown))
        else:
            run.given_up.add(shown.remote)
            run.come_back_soon |= not replacement.refused
    now = run.clock.now()
    held = [pair for pair in (await run.held.pairs()).values() if pair.former]
    late = [pair for pair in held if pair.former and now - pair.former.trace.at >= KNOWN_FOR]
    await run.commit_all([LinkChanges(put_pairs=(replace(pair, former=None),)) for pair in late])


def returned(
    pairs: Collection[Pair], begun: Iterable[Intent] = ()
) -> list[tuple[Pair | Intent, Pair]]:
    """Return replacements whose original shows, each with the original's new pair.

    An original that we had made is known by its transaction id, which a copy lacks; one that a
    person had made by its ``uid``, if no other item has it. A replacement that is somebody's
    meeting by now stays.

    Args:
        pairs: all pairs of the link.
        begun: open creates.
    """
    replacements: list[Pair | Intent] = [*begun, *(pair for pair in pairs if not _is_meeting(pair))]
    waiting = [(each.former, each) for each in replacements if each.former]
    made = {each.trace.transaction_id: one for each, one in waiting if each.ours}
    found = {each.trace.uid: one for each, one in waiting if not each.ours}
    times = Counter(pair.observed.uid for pair in pairs if pair.observed)
    back: list[tuple[Pair | Intent, Pair]] = []
    for pair in pairs:
        seen = pair.observed
        if seen is None or pair.team is not None or pair.agreed is not None:
            continue  # only a new item can be the original
        replacement = made.pop(seen.transaction_id, None) if seen.transaction_id else None
        if replacement is None and seen.uid and times[seen.uid] == 1:
            replacement = found.pop(seen.uid, None)
        if replacement is not None:
            back.append((replacement, pair))
    return back


def _may_go(replacement: Pair | Intent) -> bool:
    """Tell whether nothing would be lost: its edits have come in, or it was never made."""
    if isinstance(replacement, Intent):
        return replacement.sent_at is None
    return replacement.observed is None or is_in_step(replacement)


def _restored(run: LinkPass, replacement: Pair | Intent, shown: Pair) -> LinkChanges:
    former = replacement.former
    assert former is not None and shown.observed is not None
    now = replace(
        shown,
        origin=former.origin,
        team=replacement.team,
        agreed=former.agreed,
        echo=former.echo,
        ours=former.ours,
        lost=replacement.lost,
    )
    now = replace(now, observed=run.entering(shown.observed, now))
    # The team's edits since then have been planned already: they are planned again.
    link = replace(run.link, team_revision=0)
    if isinstance(replacement, Intent):
        return LinkChanges(put_pairs=(now,), drop_intents=(replacement.team,), link=link)
    # As if the team had deleted it: it is removed, unless somebody edits it even now.
    no_item = EventId(id_of("double", run.link.id, replacement.remote))
    double = replace(
        replacement, team=no_item, former=None, is_double=True, is_apart=False, lost=()
    )
    return LinkChanges(put_pairs=(now, double), link=link)


def _is_meeting(pair: Pair) -> bool:
    return pair.observed is not None and pair.observed.mirror is not None
