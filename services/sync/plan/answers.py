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
from services.sync.plan.guards import DELETIONS
from services.sync.plan.survey import Step
from services.sync.state.link_pass import LinkPass

__all__ = ["answer_to", "hear", "spare"]


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
    await run.commit_all([LinkChanges(put_pairs=(pair,)) for pair in unmet])


async def _take_up(run: LinkPass) -> None:
    # One refusal is left, so that the item is looked at though nothing of it has changed.
    held = (await run.held.here()).values()
    pairs = [replace(each, refused=1) for each in held if each.is_set_aside]
    open_creates = (await run.intents()).values()
    creates = [replace(each, refused=1) for each in open_creates if each.is_set_aside]
    await run.commit_all([LinkChanges(put_pairs=(pair,)) for pair in pairs])
    await run.commit_all([LinkChanges(put_intents=(create,)) for create in creates])
    if run.link.unread and run.cursor is not None:
        # What could not be read may be readable by now: everything is told again.
        run.cursor = replace(run.cursor, delta_link="")
        await run.commit(LinkChanges(cursor=run.cursor))
