"""Answers to events, given by the buttons of their cards.

The one who pressed sees it at once. The messages that show the event follow a moment later, all
answers of that moment in one edit, and not under the hands of somebody who is filling in a form.
"""

from __future__ import annotations

from bot.handlers.events.event_forms import EventForms
from bot.replies import Replace, Replies
from bot.router import Router
from bot.turn import Turn
from cards.events.event import event_card, event_details
from cards.events.transfer_actions import EventAnswer
from services.events.occurrences import occurrence_at
from services.model.answers import Answer

__all__ = ["EventAnswers", "register"]


class EventAnswers:
    """Answers the three buttons."""

    def __init__(self, forms: EventForms) -> None:
        self._forms = forms

    async def answer(self, turn: Turn, action: EventAnswer) -> Replies:
        """Keep what somebody says; again, and it is the same."""
        seen, event = await self._forms.named(turn, action.book, action.event)
        original = action.original or ""
        answers = await self._forms.answers.give(
            turn.author, seen.book.id, event.id, Answer(action.answer), original
        )
        occurrence = occurrence_at(event, original) if original else None
        if action.back is not None:  # it was opened from a list, and stays open
            details = event_details(
                event,
                seen.book,
                seen.viewer,
                occurrence=occurrence,
                back=action.back,
                answers=answers,
                me=turn.person,
            )
            return Replace(details)
        own = event_card(
            event,
            seen.book,
            seen.viewer,
            occurrence=occurrence,
            refresh_for=(turn.teams_id,) if seen.shared and turn.teams_id else (),
            answers=answers,
            me=turn.person,
        )
        return Replace(own)


def register(router: Router, forms: EventForms) -> None:
    """Fill in the row."""
    router.verb(EventAnswer, forms.unless_gone(EventAnswers(forms).answer))
