import pytest

from services.contacts.phone_numbers import region_of, tidied


@pytest.mark.parametrize(
    ("written", "region", "kept"),
    [
        ("70 12 34 56", "DK", "+45 70 12 34 56"),
        ("+45 70123456", "", "+45 70 12 34 56"),
        ("0045 70 12 34 56", "DK", "+45 70 12 34 56"),
        ("(020) 7946 0018", "GB", "+44 20 7946 0018"),
        ("030/901820", "DE", "+49 30 901820"),
        ("+1 (212) 555-0100", "DK", "+1 212-555-0100"),
        ("+45 70 12 34 56 ext. 12", "", "+45 70 12 34 56 ext. 12"),
        ("4711", "DK", "4711"),
        ("0207 946 00 18", "", "0207 946 00 18"),
        ("0000 0000", "DK", "0000 0000"),
        ("call me", "DK", None),
        ("12", "DK", None),
        ("+999 123456", "", None),
        ("+45 12", "", None),
        ("1" * 16, "DK", None),
        ("1234 javascript:", "", None),
        ("020 7946 0958 (office)", "GB", "+44 20 7946 0958 (office)"),
        ("70 12 34 56 Ines privat", "DK", "+45 70 12 34 56 Ines privat"),
        ("70 12 34 56 (4,9E+11)", "DK", None),
        ("1234 (office)", "DK", None),
        ("(office)", "DK", None),
    ],
)
def test_a_number_is_written_as_the_world_reads_it_or_refused(
    written: str, region: str, kept: str | None
) -> None:
    assert tidied(written, region) == kept
    if kept is not None:
        assert tidied(kept, region) == kept


@pytest.mark.parametrize(
    ("zone", "language", "region"),
    [
        ("Europe/Copenhagen", "en-US", "DK"),
        ("UTC", "en-GB", "GB"),
        ("UTC", "da", "DK"),
        ("UTC", "tlh", ""),
        ("Mars/Olympus", "", ""),
    ],
)
def test_numbers_are_at_home_where_the_list_is(zone: str, language: str, region: str) -> None:
    assert region_of(zone, language) == region
