"""Why a form in a window was not taken, in place of a window that shows but a sentence.

Such a window has lost what was typed; a card in a chat keeps it, since an answer without a card
leaves it as it is.
"""

from __future__ import annotations

from bot.errors import report
from bot.turn import Turn
from cards.form import Mode
from cards.wording import sentence_of
from services.model.errors import AlmanacError, Broken, NotFound

__all__ = ["why_not_taken"]


def why_not_taken(turn: Turn, mode: Mode, err: AlmanacError) -> str:
    """Return the sentence that goes above a form which is shown again, once it is in the log.

    Raises:
        AlmanacError: the same, in a chat; and in a window where there is nothing to show again.
    """
    if mode is not Mode.DIALOG or isinstance(err, Broken | NotFound):
        raise err
    report(err, turn.way)
    return sentence_of(turn.language, err)
