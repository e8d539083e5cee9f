"""Looking for something, and for who is away: ``find budget``, ``events with ines``.

``find`` looks for events and people alike, ``find event …``, ``events …`` and ``when is …`` for
events alone, ``contacts …`` for people alone. ``show …`` and ``open …`` find, too: what is found
comes with its buttons. ``who is away`` may name days.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from services.model.settings import View
from services.phrases.asker import Asker
from services.phrases.commands import FindEvents, ShowAgenda, WhoIsAway
from services.phrases.days import read_days, take_days
from services.phrases.meetings import FindTime, ShowFreeBusy, time_with, when_free
from services.phrases.names import names_in
from services.phrases.text import Sentence
from services.phrases.views import shown_in
from services.phrases.vocabulary import Words

__all__ = ["SEARCH_PHRASES"]


SearchCommand = ShowAgenda | FindEvents | FindTime | WhoIsAway | ShowFreeBusy
MOST_LETTERS = 200
AWAY = re.compile(r"\b(?:away|out|off|on\s+(?:holiday|vacation|leave))\b", re.I)


def _events_or_days(rest: str, asker: Asker) -> ShowAgenda | FindEvents | None:
    """Read what follows ``events``: days, or else letters to look for."""
    return shown_in(View.AGENDA, rest, asker) or FindEvents(_bare(rest, asker))


def _events(rest: str, asker: Asker) -> FindEvents | None:
    return FindEvents(_bare(rest, asker)) if _bare(rest, asker) else None


def _when_is(rest: str, asker: Asker) -> ShowFreeBusy | FindEvents | None:
    """Read ``when is Ines free``, or ``when is the next board meeting``: what is found says it."""
    text = _article(asker).sub("", _bare(rest, asker))
    return when_free(rest, asker) or (FindEvents(text) if text else None)


def _days_or_anything(rest: str, asker: Asker) -> ShowAgenda | FindEvents | None:
    """Read what follows ``show``: days, or else whatever is called so."""
    return shown_in(View.AGENDA, rest, asker) or _called(rest, asker)


def _called(rest: str, asker: Asker) -> FindEvents | None:
    """Read what follows ``open``: what is meant by its name, so without ``the``."""
    return _anything(_article(asker).sub("", _bare(rest, asker)), asker)


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


def _anything(rest: str, asker: Asker) -> FindEvents | None:
    text = _bare(rest, asker)
    return FindEvents(text, contacts=True) if text else None


def _away(rest: str, asker: Asker) -> WhoIsAway | None:
    names = names_in(asker.language)
    bare = _led(names.words).sub("", rest)
    known = read_days(bare, asker.today, names, guess=False)
    fragment = bare if known or not read_days(rest, asker.today, names, guess=False) else rest
    days = read_days(fragment or "this week", asker.today, names)
    return WhoIsAway(days.first, days.last) if days and not days.wrong else None


def _bare(rest: str, asker: Asker) -> str:
    led = _led(names_in(asker.language).words)
    return led.sub("", rest.strip())[:MOST_LETTERS].strip()


def _article(asker: Asker) -> re.Pattern[str]:
    return _articles(names_in(asker.language).words)


@lru_cache(maxsize=8)
def _led(words: Words) -> re.Pattern[str]:
    small = f"{words.leading}|{words.along}|{words.inside}|about"
    return re.compile(rf"^(?:(?:{small}|:|-)(?:\s+|$))+", re.I)


@lru_cache(maxsize=8)
def _articles(words: Words) -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{words.the}|our|my|next|{words.next})\s+)+", re.I)


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
