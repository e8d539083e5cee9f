"""What a person is told when something fails, and what the log is told.

One place, by class, along the method resolution order; the sentences are
:func:`cards.wording.sentence_of`'s. Expected failures (``Refused``) are no news for an operator;
what a service refused is a warning; a bug is an error with its place in the program, and never
with the exception's text, which may hold what somebody wrote.
"""

from __future__ import annotations

import logging

from bot.logs import way_of
from bot.replies import Tell
from bot.router import Outdated
from cards.wording import say, sentence_of
from services.model.errors import AlmanacError, Broken, Refused

__all__ = ["reply_to", "report"]

log = logging.getLogger(__name__)

OUTDATED = "This no longer works: it is from an earlier version. Please write “help”."


def reply_to(error: Exception, language: str, doing: str) -> Tell:
    """Return the sentence for a failure, once it is in the log."""
    report(error, doing)
    if isinstance(error, Outdated):
        return Tell(say(language, OUTDATED))
    return Tell(sentence_of(language, error if isinstance(error, AlmanacError) else Broken()))


def report(error: Exception, doing: str) -> None:
    """Put a failure into the log; ``doing`` is a fixed word, and not what somebody sent."""
    name = type(error).__name__
    if isinstance(error, Refused):
        log.info("refused (%s): %s", doing, name)
    elif isinstance(error, AlmanacError) and not isinstance(error, Broken):
        log.warning("upstream failed (%s): %s", doing, name)
    else:
        log.error("failed (%s): %s at %s", doing, name, way_of(error))
