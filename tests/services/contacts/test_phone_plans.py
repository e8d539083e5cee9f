from collections.abc import Collection, Iterator
from random import Random

import phonenumbers
import pytest
from phonenumbers import NumberParseException, PhoneNumberFormat
from phonenumbers.phonemetadata import PhoneMetadata

from services.contacts.phone_plans import written_plainly

KINDS = range(11)


def by_the_library(written: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(written, region or None)
    except NumberParseException:
        return None
    if phonenumbers.is_valid_number(number):
        return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
    return written if written[0] == "+" and phonenumbers.is_possible_number(number) else None


def numbers_of(region: str, chance: Random) -> Iterator[tuple[str, str]]:
    """Yield the examples of a region, and such as are nearly like them, written in six ways."""
    rules = PhoneMetadata.metadata_for_region(region, None)
    trunk = (rules.national_prefix if rules else None) or ""
    for kind in KINDS:
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None:
            continue
        number = str(example.national_number)
        nearly = "".join(chance.choice("0123456789") for _ in number)
        for digits in (number, number[:3] + nearly[3:], number[:-1], f"{number}7"):
            yield f"+{example.country_code} {digits}", ""
            yield f"+{example.country_code}({digits[:2]}) {digits[2:]}", "DK"
            yield digits, region
            yield f"0{digits[:2]}/{digits[2:]}", region
            yield f"{trunk}{digits}", region
            yield f"{example.country_code}-{digits}", region


SOME = ("DK", "US", "GB", "JE", "IT", "KZ", "CI", "AR")
"""Codes that several regions share, numbers that begin with a zero, prefixes that are rewritten."""


def check(regions: Collection[str]) -> int:
    """Hold every answer against the library's; return how many there were."""
    chance, answered = Random(7), 0
    for region in sorted(regions):
        for written, home in numbers_of(region, chance):
            plain = written_plainly(written, home)
            if plain is not None:
                answered += 1
                assert plain == by_the_library(written, home), (written, home)
    return answered


def test_a_trunk_prefix_is_taken_off() -> None:
    assert written_plainly("030/90 18 20", "DE") == "+49 30 901820"
    assert written_plainly("(020) 7946 0018", "GB") == "+44 20 7946 0018"


def test_a_number_that_is_not_valid_but_as_long_as_others_stays_as_it_is() -> None:
    assert written_plainly("+45 00 00 00 00", "") is None, "it begins as none does"
    assert written_plainly("+49 (1) 234-567", "") == "+49 (1) 234-567"


def test_a_number_is_told_as_the_library_tells_it() -> None:
    assert check(SOME) > 200


@pytest.mark.slow
def test_the_numbers_of_every_country_are_told_as_the_library_tells_them() -> None:
    assert check(phonenumbers.SUPPORTED_REGIONS) > 5_000


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("0045 70 12 34 56", "DK"),
        ("45 70 12 34 56", "DK"),
        ("00 30 901820", "DE"),
        ("0 30", "DE"),
        ("+44 (0)20 7946 0018", ""),
        ("+39 06 6988 4857", ""),
        ("+45 70 12 34 56 ext. 12", ""),
        ("+45 12", ""),
        ("+800 1234 5678", ""),
        ("+999 123456", ""),
        ("70 12 34 56", ""),
        ("70 12 34 56", "XX"),
        ("call me", "DK"),
        ("\u0667\u0660 12 34 56", "DK"),
    ],
)
def test_what_needs_a_second_thought_is_left_to_the_library(written: str, region: str) -> None:
    assert written_plainly(written, region) is None
