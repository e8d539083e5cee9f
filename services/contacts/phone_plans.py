"""Numbers that are written plainly, by the numbering plan of their country, in a few steps.

:func:`written_plainly` answers for what nearly everybody types, digits with blanks and dashes
between them, as ``phonenumbers`` does and ten times as fast: a file may bring a hundred thousand.
Whatever needs a second thought (an exit code, a trunk prefix that is more than a digit or two, an
extension, letters, a number from home that is not valid) is left to the library. The rules are the
library's own tables; that both say the same is shown with the example numbers of every country.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, REGION_CODE_FOR_NON_GEO_ENTITY
from phonenumbers.phonemetadata import NumberFormat, PhoneMetadata, PhoneNumberDesc

__all__ = ["written_plainly"]

_PLAIN = re.compile(r"\+?[0-9(][0-9 ()./-]*[0-9]", re.ASCII)
_PLACE = re.compile(r"\\(\d)")
"""Where a format puts which part of a number."""
_DIGITS = re.compile(r"\d+(\|\d+)*", re.ASCII)
"""A prefix, or several, that is nothing but digits."""
_SIGNS = str.maketrans("", "", " ()./-")
_CODES = range(1, 4)
"""How many digits the code of a country has."""
_FEWEST, _MOST = 4, 15
"""Digits of a number without its country: shorter and longer ones need a second thought."""
_KINDS = (
    *("fixed_line", "mobile", "premium_rate", "toll_free", "shared_cost"),
    *("voip", "personal_number", "pager", "uan", "voicemail"),
)

Test = Callable[[str], object]


def written_plainly(written: str, region: str) -> str | None:
    """Return a number as it is kept; ``None`` = it needs a second thought.

    That is a valid one as the world writes it, and one with its country's code that is not valid
    but as long as some there are, as it was written.

    Args:
        written: on one line.
        region: two capitals; where a number without a country belongs; empty = nobody knows.
    """
    if _PLAIN.fullmatch(written) is None:
        return None
    digits = written.translate(_SIGNS)
    if digits.startswith("+"):
        code, number = _apart(digits[1:])
    else:
        code, number = _at_home(digits, region)
    if not code or number.startswith("0") or not _FEWEST <= len(number) <= _MOST:
        return None
    plan = _plan(code)
    if plan.may_begin_otherwise(number):
        return None
    if plan.is_valid(number):
        return f"+{code} {plan.spaced(number)}"
    return written if digits.startswith("+") and len(number) in plan.lengths else None


def _apart(digits: str) -> tuple[int, str]:
    """Return the code of a country and what follows; 0 where it is not a country's."""
    for length in _CODES:
        code = int(digits[:length])
        regions = COUNTRY_CODE_TO_REGION_CODE.get(code)
        if regions:
            is_place = regions[0] != REGION_CODE_FOR_NON_GEO_ENTITY
            return (code, digits[length:]) if is_place else (0, "")
    return 0, ""


@dataclass(frozen=True, slots=True)
class _Home:
    """How numbers are dialled in a region."""

    code: int = 0
    """Of its country; 0 = nobody knows."""
    trunk: re.Pattern[str] = re.compile("^")
    """Digits before a number that do not belong to it, where nothing else can be told of them."""
    needs_thought: Test = bool
    """For which numbers it is not told what they begin with."""


def _at_home(digits: str, region: str) -> tuple[int, str]:
    """Return the country of a region and a number in it; 0 where it may be one from abroad."""
    home = _home(region)
    return (0, "") if home.needs_thought(digits) else (home.code, home.trunk.sub("", digits))


@cache
def _home(region: str) -> _Home:
    rules = _rules(region)
    if rules is None or rules.country_code is None:
        return _Home()
    trunk = rules.national_prefix_for_parsing or ""
    is_plain = bool(_DIGITS.fullmatch(trunk)) and rules.national_prefix_transform_rule is None
    ways = [str(rules.country_code), rules.international_prefix, "" if is_plain else trunk]
    beginning = re.compile("|".join(f"(?:{way})" for way in ways if way)).match
    return _Home(rules.country_code, re.compile(f"^(?:{trunk if is_plain else ''})"), beginning)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The numbering plan behind the code of a country, which several regions may share."""

    may_begin_otherwise: Test
    """Whether the first digits may be dialled before the number, rather than be part of it."""
    regions: tuple[tuple[Test | None, Test], ...]
    """How the numbers of each begin, where that tells it from the others, and which are valid."""
    formats: tuple[tuple[Test, re.Pattern[str], str], ...]
    """For which numbers a format is, what it takes apart, and how the parts are put together."""
    lengths: frozenset[int]
    """How many digits a number may have."""

    def is_valid(self, number: str) -> bool:
        """Whether there can be such a number."""
        for begins, is_valid in self.regions:
            if begins is not None:
                if begins(number):
                    return bool(is_valid(number))
            elif is_valid(number):
                return True
        return False

    def spaced(self, number: str) -> str:
        """Return the number with blanks where its country puts them."""
        for is_for, pattern, written in self.formats:
            if is_for(number) and (found := pattern.fullmatch(number)):
                return written.format(*found.groups(""))
        return number


@cache
def _plan(code: int) -> _Plan:
    regions = COUNTRY_CODE_TO_REGION_CODE[code]
    rules = [found for found in map(_rules, regions) if found is not None]
    return _Plan(
        _beginning(rules[0].national_prefix_for_parsing) or _never,
        tuple((_beginning(each.leading_digits), _validity(each)) for each in rules),
        tuple(map(_format, rules[0].intl_number_format or rules[0].number_format)),
        frozenset(rules[0].general_desc.possible_length if rules[0].general_desc else ()),
    )


def _rules(region: str) -> PhoneMetadata | None:
    return PhoneMetadata.metadata_for_region(region, None)


def _never(number: str) -> bool:
    return False


def _beginning(pattern: str | None) -> Test | None:
    return re.compile(pattern).match if pattern else None


def _validity(rules: PhoneMetadata) -> Test:
    """Return the test for numbers of any kind that there is in a region."""
    general = _matching(rules.general_desc)
    kinds = [test for kind in _KINDS if (test := _matching(getattr(rules, kind))) is not _never]

    def is_valid(number: str) -> bool:
        if general(number):
            for is_it in kinds:
                if is_it(number):
                    return True
        return False

    return is_valid


def _matching(desc: PhoneNumberDesc | None) -> Test:
    if desc is None or not desc.national_number_pattern:
        return _never
    pattern, lengths = re.compile(desc.national_number_pattern), frozenset(desc.possible_length)
    return lambda number: (not lengths or len(number) in lengths) and pattern.fullmatch(number)


def _format(form: NumberFormat) -> tuple[Test, re.Pattern[str], str]:
    begins = _beginning(form.leading_digits_pattern[-1] if form.leading_digits_pattern else None)
    written = _PLACE.sub(_place, form.format or "")
    return begins or (lambda number: True), re.compile(form.pattern or ""), written


def _place(group: re.Match[str]) -> str:
    return f"{{{int(group[1]) - 1}}}"
