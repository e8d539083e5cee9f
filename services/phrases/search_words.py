"""Looking for something, and for who is away: ``find budget``, ``events with ines``.

``find`` looks for events and people alike, ``find event …``, ``events …`` and ``when is …`` for
events alone, ``contacts …`` for people alone. ``who is away`` may name days.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from services.model.settings import View
from services.phrases.asker import Asker
from services.phrases.commands import FindEvents, ShowAgenda, WhoIsAway
from services.phrases.days import read_days
from services.phrases.meetings import ShowFreeBusy, when_free
from services.phrases.names import names_in
from services.phrases.views import shown_in

__all__ = ["SEARCH_PHRASES"]


SearchCommand = ShowAgenda | FindEvents | WhoIsAway | ShowFreeBusy
MOST_LETTERS = 200
ARTICLE = re.compile(r"^(?:(?:the|our|my|next)\s+)+", re.I)
LEADING = re.compile(r"^(?:(?:for|about|of|with|on|in|at|from|:|-)(?:\s+|$))+", re.I)


def _events_or_days(rest: str, asker: Asker) -> ShowAgenda | FindEvents | None:
    """Read what follows ``events``: days, or else letters to look for."""
    return shown_in(View.AGENDA, rest, asker) or FindEvents(_bare(rest))


def _events(rest: str, _asker: Asker) -> FindEvents | None:
    return FindEvents(_bare(rest)) if _bare(rest) else None


def _when_is(rest: str, asker: Asker) -> ShowFreeBusy | FindEvents | None:
    """Read ``when is Ines free``, or ``when is the next board meeting``: what is found says it."""
    text = ARTICLE.sub("", _bare(rest))
    return when_free(rest, asker) or (FindEvents(text) if text else None)


def _anything(rest: str, _asker: Asker) -> FindEvents | None:
    return FindEvents(_bare(rest), contacts=True) if _bare(rest) else None


def _away(rest: str, asker: Asker) -> WhoIsAway | None:
    fragment = LEADING.sub("", rest)
    days = read_days(fragment or "this week", asker.today, names_in(asker.language))
    return WhoIsAway(days.first, days.last) if days and not days.wrong else None


def _bare(rest: str) -> str:
    return LEADING.sub("", rest.strip())[:MOST_LETTERS].strip()


SEARCH_PHRASES: tuple[tuple[tuple[str, ...], Callable[[str, Asker], SearchCommand | None]], ...] = (
    (("events", "show events"), _events_or_days),
    (
        (
            *("find event", "find events", "find an event", "search events", "search event"),
            *("events with", "events about", "event with", "meetings with"),
        ),
        _events,
    ),
    (("when is", "when are"), _when_is),
    (("find", "search", "search for", "look up", "look for"), _anything),
    (
        (
            *("who is away", "who's away", "whos away", "who is out", "who's out", "away"),
            *("who is off", "who is on holiday", "who is on vacation", "who works elsewhere"),
        ),
        _away,
    ),
)
"""English; the first of each is the one that is offered."""
