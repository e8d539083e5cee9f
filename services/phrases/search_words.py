"""Looking for something, and for who is away: ``find budget``, ``events with ines``.

``find`` looks for events and people alike, ``find event …``, ``events …`` and ``when is …`` for
events alone, ``contacts …`` for people alone. ``show …`` and ``open …`` find, too: what is found
comes with its buttons. ``who is away`` may name days.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from services.model.settings import View
from services.phrases.asker import Asker
from services.phrases.commands import FindEvents, ShowAgenda, WhoIsAway
from services.phrases.days import read_days, take_days
from services.phrases.meetings import FindTime, ShowFreeBusy, time_with, when_free
from services.phrases.names import names_in
from services.phrases.text import Sentence
from services.phrases.views import shown_in

__all__ = ["SEARCH_PHRASES"]


SearchCommand = ShowAgenda | FindEvents | FindTime | WhoIsAway | ShowFreeBusy
MOST_LETTERS = 200
ARTICLE = re.compile(r"^(?:(?:the|our|my|next)\s+)+", re.I)
AWAY = re.compile(r"\b(?:away|out|off|on\s+(?:holiday|vacation|leave))\b", re.I)
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


def _days_or_anything(rest: str, asker: Asker) -> ShowAgenda | FindEvents | None:
    """Read what follows ``show``: days, or else whatever is called so."""
    return shown_in(View.AGENDA, rest, asker) or _called(rest, asker)


def _called(rest: str, asker: Asker) -> FindEvents | None:
    """Read what follows ``open``: what is meant by its name, so without ``the``."""
    return _anything(ARTICLE.sub("", _bare(rest)), asker)


def _find(rest: str, asker: Asker) -> FindTime | FindEvents | None:
    """Read what follows ``find``: a length of time with somebody, or else what is looked for."""
    return time_with(rest, asker) or _anything(rest, asker)


def _is(rest: str, asker: Asker) -> ShowFreeBusy | WhoIsAway | None:
    """Read ``is Ines free tomorrow``, ``is Ines away on friday``."""
    if (free := when_free(rest, asker)) or not AWAY.search(rest):
        return free
    days = take_days(Sentence(rest), asker.today, names_in(asker.language))
    if days is not None and days.wrong:
        return None
    return WhoIsAway(days.first, days.last) if days else _away("", asker)


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
            *("edit event", "edit the event", "open event", "show event"),
        ),
        _events,
    ),
    (("when is", "when are", "when's"), _when_is),
    (("find", "search", "search for", "look up", "look for"), _find),
    (("is", "are", "am"), _is),
    (("edit", "open", "details of", "copy"), _called),
    (("show", "show me"), _days_or_anything),
    (
        (
            *("who is away", "who's away", "whos away", "who is out", "who's out", "away"),
            *("who is off", "who is on holiday", "who is on vacation", "who works elsewhere"),
            *("who's off", "who's on holiday", "who's on vacation"),
        ),
        _away,
    ),
)
"""English; the first of each is the one that is offered."""
