"""Phone numbers as people write them, checked and written as the whole world reads them.

:func:`tidied` takes ``070 12 34 56`` of a Danish list and returns ``+45 70 12 34 56``; numbers
that nobody can place (an extension, a number of a country that nobody named) stay as they were
written, and what can be no number at all is refused. The rules of each country are those of
Google's libphonenumber, by way of the package ``phonenumbers``.
"""

from __future__ import annotations

import re

import phonenumbers
from babel.core import get_global
from phonenumbers import NumberParseException, PhoneNumberFormat

from services.contacts.phone_plans import written_plainly

__all__ = ["is_whole", "region_of", "tidied"]

_PLAIN = re.compile(r"\d[\d\s().,/#*x-]*", re.I)
_REMARKED = re.compile(
    r"(?P<number>.*\d)\s*(?P<remark>\([^\d()]{1,20}\)|[^\W\d_]{2,20}(?:\s[^\W\d_]{1,20})?)"
)
"""``020 7946 0958 (office)``: which of somebody's it is, as people note it in a table."""
FEWEST_DIGITS, MOST_DIGITS = 3, 15
"""The latter by E.164."""


def tidied(written: str, region: str) -> str | None:
    """Return a number as it will be kept, or ``None`` for what cannot be one.

    Args:
        written: on one line.
        region: two capitals; where a number without a country belongs; empty = nobody knows.
    """
    kept = written_plainly(written, region) or _thought_of(written, region)
    if kept is None and (remarked := _REMARKED.fullmatch(written)):
        number = tidied(remarked["number"], region) or ""
        return f"{number} {remarked['remark']}" if number.startswith("+") else None
    return kept


def _thought_of(written: str, region: str) -> str | None:
    """Return a number that is not written plainly, as the library tells it."""
    try:
        number = phonenumbers.parse(written, region or None)
    except NumberParseException:
        return written if _may_be(written) else None
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    if written.startswith("+"):
        return written if phonenumbers.is_possible_number(number) else None
    return written if _may_be(written) else None


def is_whole(written: str, region: str) -> bool:
    """Whether a text is a number of the country that can be called, and not a part of one.

    Args:
        written: on one line.
        region: two capitals.
    """
    remarked = _REMARKED.fullmatch(written)
    try:
        number = phonenumbers.parse(remarked["number"] if remarked else written, region)
    except NumberParseException:
        return False
    is_at_home = number.country_code == phonenumbers.country_code_for_region(region)
    return is_at_home and phonenumbers.is_valid_number(number)


def region_of(zone: str, language: str) -> str:
    """Return in which country the numbers of a list are at home, by its zone, then its language.

    Args:
        zone: an IANA name.
        language: ``da`` or ``en-GB``.

    Returns:
        Two capitals, or nothing.
    """
    by_zone = str(get_global("zone_territories").get(zone, ""))
    spoken, _, said = language.replace("_", "-").partition("-")
    likely = str(get_global("likely_subtags").get(spoken.lower(), "")).rpartition("_")[2]
    return next((each for each in (by_zone, said.upper(), likely) if _is_region(each)), "")


def _may_be(written: str) -> bool:
    digits = sum(sign.isdigit() for sign in written)
    return bool(_PLAIN.fullmatch(written.lstrip("( "))) and FEWEST_DIGITS <= digits <= MOST_DIGITS


def _is_region(code: str) -> bool:
    return code in phonenumbers.SUPPORTED_REGIONS
