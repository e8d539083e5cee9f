"""Forms that people are filling in, in the place of a message.

A message that is written anew takes away whatever anybody has opened in its place, and what they
have typed so far. So the background lets a message be while a form is open there: until the one
who opened it presses the next button, and five minutes at most. This memory is one instance's and
short; what is lost with it is a form, never an event.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.turn import Turn
from services.model.identity import ConversationId, Person
from services.model.times import Clock

__all__ = ["OpenForms"]

LONGEST = timedelta(minutes=5)

_Message = tuple[ConversationId, str]


class OpenForms:
    """Who has a form open in which message; ``most`` of them are kept in mind."""

    def __init__(self, clock: Clock, *, most: int = 4096) -> None:
        self._clock = clock
        self._most = most
        self._opened: OrderedDict[tuple[_Message, Person], datetime] = OrderedDict()

    def answered(self, turn: Turn, *, with_form: bool) -> None:
        """Take note of what somebody has before them, now that their button is answered."""
        key = (turn.conversation.id, turn.reply_to_id), turn.person
        self._opened.pop(key, None)
        if with_form:
            self._opened[key] = self._clock.now()
        while self._opened and self._is_over(next(iter(self._opened.values()))):
            self._opened.popitem(last=False)

    def wait(self, conversation: ConversationId, activity_id: str) -> float:
        """Return for how many seconds a message should be let be, if nobody presses anything."""
        message, now = (conversation, activity_id), self._clock.now()
        times = [since for (where, _), since in self._opened.items() if where == message]
        return max(0.0, (max(times) + LONGEST - now).total_seconds()) if times else 0.0

    def _is_over(self, since: datetime) -> bool:
        return len(self._opened) > self._most or since + LONGEST <= self._clock.now()
