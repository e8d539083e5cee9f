"""The owner's answers to what a link has asked, and to items that were set aside.

An answer is stored on the link (``Link.word``) until a pass has acted on it, so a crash forgets
nothing. An answer about deletions is valid for the list that was shown, and for no other.
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

__all__ = ["answer_to", "apply_answer", "keep_doomed"]


def answer_to(link: Link, doomed: Doomed) -> Word:
    """Return what the owner said about these deletions; ``NONE`` if they were shown others."""
    if link.doomed is None or link.doomed.key != doomed.key:
        return Word.NONE
    return link.word if link.word in (Word.DELETE, Word.KEEP) else Word.NONE


async def apply_answer(run: LinkPass) -> None:
    """Act on an answer that needs no survey: start, or retry what was set aside."""
    match run.link.word:
        case Word.START:
            await run.update_link(is_started=True, preview=None, word=Word.NONE)
        case Word.RETRY:
            await _retry_set_aside(run)
            await run.update_link(word=Word.NONE, loose=None)


async def keep_doomed(run: LinkPass, steps: Iterable[Step]) -> None:
    """Drop the base of what would be deleted: without one, an item is missing and not deleted."""
    pairs = [step.pair for step in steps if step.pair and step.action in DELETIONS]
    unmet = [replace(pair, agreed=None, echo=None) for pair in pairs]
    await run.commit_all([LinkChanges(put_pairs=(pair,)) for pair in unmet])


async def _retry_set_aside(run: LinkPass) -> None:
    # One refusal is left, so that the item is looked at although it has not changed.
    held = (await run.held.pairs()).values()
    pairs = [replace(each, refused=1) for each in held if each.is_set_aside]
    open_creates = (await run.intents()).values()
    creates = [replace(each, refused=1) for each in open_creates if each.is_set_aside]
    await run.commit_all([LinkChanges(put_pairs=(pair,)) for pair in pairs])
    await run.commit_all([LinkChanges(put_intents=(create,)) for create in creates])
    if run.link.unread and run.cursor is not None:
        # What could not be read may be readable by now: a full round shows it again.
        run.cursor = replace(run.cursor, delta_link="")
        await run.commit(LinkChanges(cursor=run.cursor))
