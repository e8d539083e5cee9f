from __future__ import annotations

import pytest

from services.search.wanted import Wanted, wanted_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("  ada   Byron ", ["byron", "ada"]),
        ("+49 30 12", ["493012"]),
        ("49", ["49"]),
        ("12", ["12"]),
        ("ada ada", ["ada"]),
        ("a b c d e f g h", ["a", "b", "c", "d", "e", "f"]),
        ("x" * 500, ["x" * 40]),
        ("?!", []),
        ("ines 030 123-45 67", ["301234567", "ines"]),
        ("room 12 3", ["room", "12", "3"]),
        ("ada 王小", ["王小", "ada"]),
    ],
)
def test_terms_are_what_must_be_found(text: str, terms: list[str]) -> None:
    assert list(wanted_of(text).terms) == terms


@pytest.mark.parametrize(
    ("text", "otherwise"),
    [
        ("Jürgen Weiß", ["juergen", "weiss"]),
        ("Ada Byron", []),
        ("+49 30 1234567", ["301234567"]),
        ("0035 312345678", ["12345678"]),
        ("8 918 795 5170", ["9187955170"]),
        ("+49 30", []),
        ("12.5", ["12", "5"]),
    ],
)
def test_what_others_write_otherwise_is_looked_for_too(text: str, otherwise: list[str]) -> None:
    assert list(wanted_of(text).otherwise) == otherwise


@pytest.mark.parametrize(
    ("text", "initials", "rather"),
    [
        ("jd", "jd", True),
        ("J. D.", "jd", True),
        ("jqd", "jqd", False),
        ("JQD", "jqd", True),
        ("юм", "im", True),
        ("j", "", False),
        ("jdoes", "", False),
        ("j7", "", False),
    ],
)
def test_few_letters_may_be_initials(text: str, initials: str, rather: bool) -> None:
    wanted = wanted_of(text)
    assert (wanted.initials, wanted.rather_initials) == (initials, rather)


def test_words_keep_to_a_company_a_group_or_a_tag() -> None:
    wanted = wanted_of('ines company:acme Group:"North Sea" tag: VIP')
    assert wanted.terms == ("ines",)
    assert wanted.within == ("@acme", "#north", "#sea", "~vip")
    assert wanted_of("company:acme") and not wanted_of("company:acme").terms


def test_nothing_typed_is_nothing_wanted() -> None:
    assert not wanted_of("  ")
    assert wanted_of("") == Wanted()
