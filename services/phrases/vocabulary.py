"""The small words of time in one language: what a sentence says besides names and numbers.

:func:`services.phrases.tongues.words_in` returns those of a language together with the English
ones, which are always understood. Each is a regular expression without groups
of its own, most often an alternation, that is put into the patterns of the neighbours: so the
grammar is written once and languages are data. CLDR has no such words, only names of days and
months (:mod:`services.phrases.names`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields

__all__ = ["DOTTED_TIME", "NEVER", "Words", "joined", "plainly"]

NEVER = r"(?!)"
"""Matches nothing: what a language does not say in one word."""
DOTTED_TIME = r"(?:[6-9]|[01]\d|2[0-3])\.[0-5][05]"
"""``14.30`` where that is how times are written, and hardly the number of a release."""


_IN_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_IN_ONE = str.maketrans({"ø": "o", "æ": "ae"})


def plainly(word: str) -> tuple[str, ...]:
    """Return how a word is written, and how where a keyboard has not its letters."""
    bare = unicodedata.normalize("NFD", word.translate(_IN_ONE))
    stripped = "".join(c for c in bare if not unicodedata.combining(c))
    return tuple(dict.fromkeys((word, stripped, word.translate(_IN_TWO))))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """What one language has for each thing. There is one of each: compared by identity."""

    # days
    today: str
    tonight: str
    tomorrow: str
    overmorrow: str
    yesterday: str
    on: str
    """Before a day: *on* friday."""
    ordinal: str
    """Behind a day of the month of which no month is named: the 3*rd*."""
    this: str
    next: str
    """Before a weekday: that of next week."""
    nearest: str
    """Before a weekday: the first one after today."""
    behind: str
    """The same, behind it: lundi *prochain*."""
    within: str
    """*in* 3 days."""
    one: str
    two: str
    three: str
    since: str
    """*from* 3 to 5 May."""
    to: str
    until: str
    onward: str
    """The same, where it says of anything that it goes on: vacation, or works, *until* friday."""
    included: str
    """Behind the last day: until friday *inclusive*."""
    this_week: str
    next_week: str
    last_week: str
    week_after_next: str = NEVER
    after_next: str = NEVER
    """Before a weekday: *übernächsten* freitag."""
    in_a_week: str = NEVER
    """Behind a weekday: vendredi *en huit*."""
    in_two_weeks: str = NEVER
    weekend: str
    next_days: str
    """With ``#`` for the number and ``@`` for days or weeks; also ``2 weeks`` alone."""
    this_month: str
    last_month: str
    next_month: str
    this_year: str
    last_year: str
    next_year: str
    end_of: str
    """Before a month: the *end of* March."""
    month_end: str
    year_end: str
    day: str
    week: str
    month: str
    quarter: str
    year: str
    # times of day
    at: str
    oclock: str
    separator: str
    """Between hours and minutes."""
    hour_sign: str
    """Right behind an hour: 14*h*."""
    from_hour: str
    to_hour: str
    between: str
    both: str
    """*and*."""
    half_to: str = NEVER
    """Half an hour before the hour that follows: *halb* acht."""
    half_past: str = NEVER
    quarter_past: str = NEVER
    quarter_to: str = NEVER
    and_half: str = NEVER
    """Behind an hour: 8 heures *et demie*."""
    and_quarter: str = NEVER
    less_quarter: str = NEVER
    numbers: tuple[str, ...] = ()
    """From one to twelve, as hours are called and what repeats is counted."""
    dotted: str = NEVER
    """A time with a dot of which nothing else says that it is one."""
    noon: str
    midnight: str
    early: str
    """Behind a day: in the morning, which its hours say themselves."""
    late: str
    """Behind a day: its hours are those after noon."""
    evening: str
    """Which of these are of the evening."""
    all_day: str
    # lengths
    lasting: str
    """*for* two hours."""
    minute: str
    hour: str
    quarter_hour: str
    half_hour: str
    one_hour: str
    hour_and_half: str
    # how often
    every: str
    other: str
    alternate: str = NEVER
    """Every other such day, with ``@`` for its weekday: *un* mardi *sur deux*."""
    the: str
    working_day: str
    weekends: str
    of_month: str
    first: str
    second: str
    third: str
    fourth: str
    last: str
    daypart: str = NEVER
    """Every *morning*: each day."""
    daily: str
    weekly: str
    fortnightly: str
    monthly: str
    quarterly: str
    yearly: str
    times: str
    excepting: str
    """Before what is left out of a series: *except* fridays."""
    # reminders
    remind: str
    """Somebody is asked to: *remind me* 30 min before."""
    reminder: str
    before: str
    """Behind a length: 30 min *before*."""
    eve: str = NEVER
    """The day before, in words of its own: *la veille*."""
    without: str
    """*no* reminder."""
    # what is left
    away: str
    """What an event of whole days is called in which somebody is not there."""
    place: str
    """Before the name of a place."""
    beside: str
    """What ends the name of a place: *with* Tom."""
    along: str
    """*with* somebody."""
    inside: str
    """Before the name of a calendar: *in* Travel."""
    leading: str
    """What may stand before the days that are to be seen: agenda *for* friday."""
    onto: str
    """Before the time to which something moves."""
    by: str
    """Before how far it moves."""
    later: str
    sooner: str
    into: str
    """Before a new name: rename lunch *to* Dinner."""
    renaming_end: str = NEVER
    """At the end of such a sentence: benenne Essen in Fest *um*."""
    mine: str
    """What may stand before the name of an event."""
    free: str
    """What somebody is who can come, or cannot."""
    small: str
    """What leads up to a time and is no part of a title."""

    def number(self, said: str) -> int:
        """Return which of the :attr:`numbers` is said.

        Raises:
            ValueError: none.
        """
        for number, name in enumerate(self.numbers, 1):
            if re.fullmatch(name, said, re.IGNORECASE):
                return number
        raise ValueError(said)


def joined(own: Words, english: Words) -> Words:
    """Return the words of a language together with the English ones."""
    if own is english:
        return own
    both = {
        each.name: f"{_written(getattr(own, each.name), each.name)}|{getattr(english, each.name)}"
        for each in fields(Words)
        if each.name != "numbers"
    }
    return Words(**both, numbers=own.numbers or english.numbers)


def _written(pattern: str, name: str) -> str:
    """Return a pattern with how its words are written plainly; a single letter is another word."""
    ways = plainly(pattern)
    if name != "small":
        ways = (pattern, *("|".join(p for p in way.split("|") if len(p) > 1) for way in ways[1:]))
    return "|".join(way for way in ways if way)
