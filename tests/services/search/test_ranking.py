from __future__ import annotations

from services.search.lines import Row
from services.search.marks import REST
from services.search.patterns import line_of
from services.search.ranking import Hits, Rank, questions_of
from services.search.wanted import wanted_of


def ranks(text: str, *, is_whole: bool = True, begins: bool = True) -> list[int]:
    wanted = wanted_of(text)
    asked = questions_of(wanted, wanted.terms, is_whole=is_whole, begins=begins)
    return [one.rank for one in asked]


WHOLE, BEGINS, ANYWHERE, OTHER = Rank.WHOLE, Rank.BEGINS, Rank.ANYWHERE, Rank.OTHER


def test_names_are_asked_for_first_and_letters_anywhere_as_soon_as_that_may_be_enough() -> None:
    assert ranks("adam b") == [WHOLE, Rank.LONGEST, BEGINS, ANYWHERE, Rank.PARTLY, OTHER]
    assert ranks("adamo") == [WHOLE, BEGINS, ANYWHERE, OTHER]
    assert ranks("adamo", is_whole=False) == [BEGINS, ANYWHERE, OTHER]
    assert ranks("a") == [WHOLE, BEGINS]


def test_where_no_name_begins_so_names_are_not_asked_for() -> None:
    assert ranks("adam b", is_whole=False, begins=False) == [OTHER, ANYWHERE]
    assert ranks("1", is_whole=False, begins=False) == []


def test_what_hardly_anybody_has_is_asked_for_once() -> None:
    assert ranks("adam byron")[0] == ranks("+45 70 12 34 56", begins=False)[0] == ANYWHERE


def test_two_letters_are_rather_initials_and_more_only_if_they_are_capitals() -> None:
    assert ranks("ad") == [WHOLE, Rank.RATHER_INITIALS, BEGINS, OTHER]
    assert ranks("ADB")[:2] == [WHOLE, Rank.RATHER_INITIALS]
    assert ranks("adb")[:3] == [WHOLE, BEGINS, Rank.INITIALS]


def test_a_filter_alone_finds_all_that_it_lets_through() -> None:
    assert ranks("company:acme") == [OTHER]


def row(number: int, *names: str, other: str = "x") -> Row:
    head, _, rest = line_of(names, [other]).partition(REST)
    return Row(number, head, rest.encode(), 1, b"", number, unpack=bytes)


def test_a_page_has_the_best_first_and_equals_in_their_order() -> None:
    hits = Hits(4, questions_of(wanted_of("ann"), ["ann"], is_whole=True, begins=True))
    rows = [
        row(5, "zoe", other="ann"),
        row(4, "hann"),
        row(3, "anna"),
        row(2, "ann"),
        row(1, "anne"),
    ]
    hits.add(rows, ANYWHERE)
    page = [(rank, hit.number) for rank, hit in hits.page()]
    assert page == [(WHOLE, 2), (BEGINS, 1), (BEGINS, 3), (OTHER, 5)]
    assert hits.fill_page(ANYWHERE)
    assert not hits.fill_page(BEGINS)


def test_of_those_that_fit_equally_well_the_ones_that_are_used_come_first() -> None:
    questions = questions_of(wanted_of("ann"), ["ann"], is_whole=True, begins=True)
    hits = Hits(4, questions, {3: 1.5, 2: 0.5, 9: 7.0})
    hits.add([row(1, "anna"), row(2, "anne"), row(4, "ann")], ANYWHERE)
    hits.add_fitting([row(3, "annie"), row(9, "zoe")])
    assert [hit.number for _, hit in hits.page()] == [4, 3, 2, 1]


def test_what_was_found_with_a_better_rank_keeps_it() -> None:
    hits = Hits(9)
    hits.add([row(1, "ann")], 11)
    hits.add([row(1, "ann")], 12)
    assert [rank for rank, _ in hits.page()] == [11]
