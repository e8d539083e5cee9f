"""Days in a sentence: ``tomorrow``, ``next friday``, ``24 December``, ``24.12.``, ``12/24``.

:func:`take_days` takes them out of a sentence, :func:`read_days` reads a fragment that is nothing
but days, weeks and months too. The names of days and months come from CLDR for the reader's
language, the small words from :mod:`services.phrases.tongues`; English is always understood too. A
day without a year is the next such day; ``next friday`` is the Friday of next week. Only fragments
that no pattern knows go to dateparser, see :mod:`services.phrases.fragments`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial

from services.model.errors import Wrong
from services.phrases.counted_days import counted_patterns, in_some_time, next_days
from services.phrases.day_readers import (
    DAY,
    WEEK,
    Days,
    month_of,
    one_day,
    read_ahead,
    read_day_alone,
    read_day_month,
    read_dotted,
    read_dotted_range,
    read_iso,
    read_month_day,
    read_month_end,
    read_month_first_range,
    read_months_first,
    read_named_month,
    read_next_days,
    read_one_month,
    read_slashed,
    read_two_dotted,
    read_two_months,
    read_two_slashed,
    week_of,
    year_of,
)
from services.phrases.feasts import feast_patterns, lone_feast_patterns
from services.phrases.fragments import read_fragment
from services.phrases.names import Names
from services.phrases.text import Sentence, nothing_more
from services.phrases.vocabulary import Words
from services.phrases.weekday_readers import (
    read_last_weekday,
    read_next_weekend,
    read_nth_ahead,
    read_nth_of_month,
    read_weekday,
    read_weekday_range,
    read_weekend,
)

__all__ = ["Days", "read_days", "take_days", "take_week"]

NUMBERED = re.compile(
    r"(?<![\w.:])(?:[12]?\d|3[01])(?:st|nd|rd|th|\.|er|\u00ba)?\s*(?:of\s+|de\s+|d['\u2019])?$",
    re.I,
)
"""The day of a month before its name."""
YEARS = range(1900, 2201)
NOT_EXCEPT = "".join(
    rf"(?<!\b{word}\s)" for word in ("except", "except on", "außer", "sauf", "excepto", "undtagen")
)
"""What is left out of a series is no day on which it begins: it stays in the title, to be seen."""

Reader = Callable[[re.Match[str], date, Names], Days | None]
Table = list[tuple[re.Pattern[str], Reader]]


def take_days(sentence: Sentence, today: date, names: Names, *, after: str = "") -> Days | None:
    """Take a day, or a range of days, out of the sentence.

    Args:
        sentence: what is left of the text.
        today: from where days are counted.
        names: the names of days and months.
        after: words, as a regular expression, that must come before it.
    """
    for pattern, reader in _patterns(names, after):
        found = sentence.take(pattern, partial(_sound, reader, today=today, names=names))
        if found:
            return found
    return None


def take_week(sentence: Sentence, today: date, names: Names) -> Days | None:
    """Take a whole week out of the sentence, this one or the next."""
    words = names.words
    week = _compiled(rf"({words.next_week})|(?:{words.this_week})")
    return sentence.take(week, lambda match: week_of(today + WEEK if match[1] else today))


def read_days(fragment: str, today: date, names: Names, *, guess: bool = True) -> Days | None:
    """Read a fragment that holds days and nothing else; ``None`` when it does not.

    Without ``guess`` only what our own table knows is read: that takes no time.
    """
    for pattern, reader in _patterns(names) + _spans(names):
        match = pattern.fullmatch(fragment)
        found = _sound(reader, match, today, names) if match else None
        if found:
            return found
    day = read_fragment(fragment, today, names.language) if guess else None
    return Days(day, day) if day and day.year in YEARS else None


def _sound(reader: Reader, match: re.Match[str], today: date, names: Names) -> Days | None:
    """Return what the reader makes of it, or what is wrong with that; ``None`` = no day at all."""
    try:
        days = reader(match, today, names)
    except (ValueError, OverflowError):
        return Days(today, today, Wrong.NOT_A_DATE, said=match[0])
    if days is None:
        return None
    if days.last < days.first:
        return Days(days.first, days.first, Wrong.ENDS_BEFORE_START)
    if days.first.year not in YEARS or days.last.year not in YEARS:
        return Days(today, today, Wrong.OUT_OF_RANGE)
    return days


@lru_cache(maxsize=128)
def _patterns(names: Names, after: str = "") -> Table:
    """Return what may stand in a sentence, the most particular first.

    Behind ``after``, as in *until March*, the name of a month stands for all of it.
    """
    month, words = names.month_pattern, names.words
    since = rf"(?:(?:{words.since})\s+)?"
    joint = rf"\s*(?:-|\u2013|\u2014|\b(?:{words.to})\b)\s*"
    weekday = rf"{names.weekday_pattern}|{names.short_weekday_pattern}|{names.tiny_weekday_pattern}"
    others: list[tuple[str, Reader]] = [
        *counted_patterns(names, since, joint),
        (words.overmorrow, lambda _m, today, _n: one_day(today + 2 * DAY)),
        (rf"{words.tonight}|{words.today}", lambda _m, today, _n: one_day(today)),
        (words.tomorrow, lambda _m, today, _n: one_day(today + DAY)),
        (words.yesterday, lambda _m, today, _n: one_day(today - DAY)),
        (words.month_end, lambda _m, today, _n: one_day(month_of(today.year, today.month).last)),
        (words.year_end, lambda _m, today, _n: one_day(date(today.year, 12, 31))),
        (in_some_time(words), read_ahead),
        (rf"(?:{weekday})\.?,?\s+(?:(?:{words.the})\s+)?{_alone(words)}", read_day_alone),
        (rf"(?:{words.on}|{words.the})(?:\s+(?:{words.the}))?\s+{_alone(words)}", read_day_alone),
        *((f"{since}(?:{pattern})", reader) for pattern, reader in feast_patterns(names, joint)),
        *_weekday_patterns(names, since, joint),
        *lone_feast_patterns(names),
        (rf"(\d{{1,2}})(?:st|nd|rd|th)(?!\w){nothing_more(words)}", read_day_alone),
        *([(rf"({month})(?:\s+(?:del?\s+)?(\d{{4}}))?", read_named_month)] if after else []),
    ]
    lead = rf"(?:{after})\s+" if after else rf"(?:(?:{words.on})\s+)?"
    named = rf"(?:(?:{weekday})\.?,?\s+(?:(?:{words.on}|{words.the})\s+)?)?"
    dates = _date_patterns(names, since, joint)
    return [
        *((_compiled(rf"{lead}{named}(?:{pattern})"), reader) for pattern, reader in dates),
        *((_compiled(rf"{lead}(?:{pattern})"), reader) for pattern, reader in others),
    ]


def _date_patterns(names: Names, since: str, joint: str) -> list[tuple[str, Reader]]:
    """Return how dates are written, with a month by its name or number."""
    month, words = names.month_pattern, names.words
    number, of = r"(\d{1,2})(?:st|nd|rd|th|\.|er|\u00ba)?", r"\s*(?:of\s+|de\s+|d['\u2019])?"
    year = r"(?:,?\s+(?:of\s+|del?\s+)?(\d{4})(?![\d:.]))?"
    begins = rf"({month})\.?\s+{number}"
    no_time = rf"(?![\d:h]|\s?[ap]m|\s+(?:{words.oclock})(?!\w))"
    dotted = r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?"
    slashed = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?"
    return [
        (r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", read_iso),
        (rf"{since}{number}{of}({month}){year}{joint}{number}{of}({month}){year}", read_two_months),
        (rf"{since}{number}{joint}{number}{of}({month}){year}", read_one_month),
        (rf"{begins}{year}{joint}{begins}{year}{no_time}", _unless_numbered(read_months_first)),
        (rf"{begins}{joint}{number}{year}{no_time}", _unless_numbered(read_month_first_range)),
        (rf"{number}{of}({month})\.?{year}", read_day_month),
        (rf"(?:{words.end_of})\s+({month})(?:\s+(?:del?\s+)?(\d{{4}}))?", read_month_end),
        (rf"{begins}{year}{no_time}", _unless_numbered(read_month_day)),
        (rf"{since}{dotted}{joint}{dotted}(?![\d:])", read_two_dotted),
        (rf"{since}(\d{{1,2}})\.?{joint}{dotted}(?![\d:])", read_dotted_range),
        (rf"{dotted}(?![\d:])", read_dotted),
        (rf"{since}{slashed}{joint}{slashed}(?![\d/:])", read_two_slashed),
        (rf"{slashed}(?![\d/:])", read_slashed),
    ]


def _unless_numbered(reader: Reader) -> Reader:
    """Return the reader for a month behind which days stand.

    In ``2 Dec 10-11`` these are hours, as in ``third friday of january 10-12``.
    """

    def read(match: re.Match[str], today: date, names: Names) -> Days | None:
        before = match.string[: match.start()]
        of_month = rf"(?<!\w)(?:{names.weekday_pattern})\s+(?:of|in|de|du|im|des|von|af|i)\s+$"
        if NUMBERED.search(before) or re.search(of_month, before, re.I):
            return None
        return reader(match, today, names)

    return read


def _weekday_patterns(names: Names, since: str, joint: str) -> list[tuple[str, Reader]]:
    """Return how a weekday, or one to another, is said; abbreviated only where a day is due."""
    words, weekday, short = names.words, names.weekday_pattern, names.short_weekday_pattern
    which = rf"(?:({words.next})\s+|({words.nearest})\s+)?"
    said = rf"(?:{words.on}|{words.this}|{words.next}|{words.nearest})"
    alone = nothing_more(words)
    timed = rf"(?=\s+\d{{1,2}}(?:[:.]\d\d|\s*(?:{words.oclock}|h)(?!\w)))"
    either = rf"({weekday}|{short}|{names.tiny_weekday_pattern})"
    of_month = r"(?!\s+(?:of|in|de|du|im|des|af|i)\b)"
    ordinals = "|".join((words.first, words.second, words.third, words.fourth))
    month = rf"({names.month_pattern})(?:\s+(?:del?\s+)?(\d{{4}}))?"
    of = r"(?:(?:of|in|de|du|im|des|von|af|i)\s+|d['\u2019])?"
    return [
        (
            rf"(?:(?:{words.the})\s+)?({ordinals}|{words.last})\s+({weekday}|{short})"
            rf"\s+{of}(?:{month}|({words.this_month})|({words.next_month}))",
            read_nth_of_month,
        ),
        (
            rf"(?:{words.on}|{words.the})(?:\s+(?:{words.the}))?\s+({ordinals})"
            rf"\s+({weekday}){of_month}",
            read_nth_ahead,
        ),
        (rf"{since}{either}{joint}{either}", read_weekday_range),
        (rf"(?:{words.last})\s+({weekday}){of_month}", read_last_weekday),
        (
            rf"(?:(?:{words.on}|{words.this})\s+)?{which}({weekday})(?:\s+({words.behind}))?"
            rf"(?!['\u2019]s)",
            read_weekday,
        ),
        (rf"(?={said}\s)(?:(?:{words.on}|{words.this})\s+)?{which}({short})\.?()", read_weekday),
        (rf"()()({short})\.?(){alone}", read_weekday),
        (rf"()()({names.tiny_weekday_pattern})\.?(){alone}", read_weekday),
        (rf"()()({names.typed_weekday_pattern}){timed}()", read_weekday),
    ]


def _alone(words: Words) -> str:
    return rf"(\d{{1,2}})(?:{words.ordinal})(?!\w){nothing_more(words)}"


@lru_cache(maxsize=64)
def _spans(names: Names) -> Table:
    """Return what stands for many days, and is understood only where nothing else is said."""
    words = names.words
    table: list[tuple[str, Reader]] = [
        (words.this_week, lambda _m, today, _n: week_of(today)),
        (words.next_week, lambda _m, today, _n: week_of(today + WEEK)),
        (words.last_week, lambda _m, today, _n: week_of(today - WEEK)),
        (rf"(?:{words.next})\s+(?:{words.weekend})", read_next_weekend),
        (
            rf"(?:(?:{words.nearest})\s+)?(?:{words.weekend})(?:\s+(?:{words.behind}))?",
            read_weekend,
        ),
        (next_days(words), read_next_days),
        (words.this_month, lambda _m, today, _n: month_of(today.year, today.month)),
        (words.last_month, lambda _m, today, _n: month_of(today.year, today.month - 1)),
        (words.next_month, lambda _m, today, _n: month_of(today.year, today.month + 1)),
        (words.this_year, lambda _m, today, _n: year_of(today.year)),
        (words.last_year, lambda _m, today, _n: year_of(today.year - 1)),
        (words.next_year, lambda _m, today, _n: year_of(today.year + 1)),
        (r"(20\d\d)", lambda match, _t, _n: year_of(int(match[1]))),
        (rf"({names.month_pattern})(?:\s+(?:del?\s+)?(\d{{4}}))?", read_named_month),
        (r"(\d{1,2})\.(\d{1,2})()", read_dotted),
    ]
    return [(_compiled(pattern), reader) for pattern, reader in table]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./:,-]){NOT_EXCEPT}(?:{pattern})(?!\w)", re.I)
