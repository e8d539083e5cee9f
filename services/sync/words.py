"""Take the owner's word for what a link has asked, or for what it has set aside.

The word stands on the link until a pass has heard it, so a process that dies in between forgets
nothing. An answer about deletions is good for the list that was shown, and for no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.model.accounts import Link
from services.model.links import Doomed, Word
from services.storage.repositories.links import LinkChanges
from services.sync.guards import DELETIONS
from services.sync.link_pass import LinkPass
from services.sync.survey import Step

__all__ = ["answer_to", "hear", "spare"]

AT_ONCE = 40


def answer_to(link: Link, doomed: Doomed) -> Word:
    """Return what the owner said about these deletions; nothing, if they saw others."""
    if link.doomed is None or link.doomed.key != doomed.key:
        return Word.NONE
    return link.word if link.word in (Word.DELETE, Word.KEEP) else Word.NONE


async def hear(run: LinkPass) -> None:
    """Do what can be done before anything is read: begin, or take up what was set aside."""
    match run.link.word:
        case Word.START:
            await run.update_link(is_started=True, preview=None, word=Word.NONE)
        case Word.RETRY:
            await _take_up(run)
            await run.update_link(word=Word.NONE, loose=None)


async def spare(run: LinkPass, steps: Iterable[Step]) -> None:
    """Forget that the sides ever agreed on what would be deleted: then it is missing, not gone."""
    pairs = [step.pair for step in steps if step.pair and step.action in DELETIONS]
    unmet = [replace(pair, agreed=None, echo=None) for pair in pairs]
    for first in range(0, len(unmet), AT_ONCE):
        await run.commit(LinkChanges(put_pairs=tuple(unmet[first : first + AT_ONCE])))


async def _take_up(run: LinkPass) -> None:
    # One refusal is left, so that the item is looked at though nothing of it has changed.
    held = (await run.held.here()).values()
    pairs = [replace(each, refused=1) for each in held if each.is_set_aside]
    creates = [each for each in (await run.intents()).values() if each.is_set_aside]
    for first in range(0, max(len(pairs), len(creates)), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        again = tuple(replace(each, refused=1) for each in creates[some])
        await run.commit(LinkChanges(put_pairs=tuple(pairs[some]), put_intents=again))
    if run.link.unread and run.cursor is not None:
        # What could not be read may be readable by now: everything is told again.
        run.cursor = replace(run.cursor, delta_link="")
        await run.commit(LinkChanges(cursor=run.cursor))
