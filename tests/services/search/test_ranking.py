from __future__ import annotations

from services.search.letters import Row
from services.search.patterns import line_of
from services.search.ranking import Hits, questions_of


def ranks(*terms: str, is_whole: bool = True, begins: bool = True) -> list[int]:
    return [one.rank for one in questions_of(terms, is_whole=is_whole, begins=begins)]


def test_names_are_asked_for_first_and_letters_anywhere_as_soon_as_that_may_be_enough() -> None:
    assert ranks("ada", "b") == [0, 1, 4, 2, 3]
    assert ranks("ada") == [0, 1, 4, 3]
    assert ranks("ada", is_whole=False) == [1, 4, 3]
    assert ranks("ad") == [0, 1, 3]


def test_where_no_name_begins_so_names_are_not_asked_for() -> None:
    assert ranks("ada", "b", is_whole=False, begins=False) == [3, 4]
    assert ranks("ad", is_whole=False, begins=False) == [3]


def row(number: int, *names: str, other: str = "x") -> Row:
    return Row(number, line_of(names, [other]), 1, b"")


def test_a_page_has_the_best_first_and_equals_in_their_order() -> None:
    hits = Hits(4, questions_of(["ann"], is_whole=True, begins=True))
    rows = [
        row(5, "zoe", other="ann"),
        row(4, "hann"),
        row(3, "anna"),
        row(2, "ann"),
        row(1, "anne"),
    ]
    hits.add(rows, 4)
    assert [(rank, hit.number) for rank, hit in hits.page()] == [(0, 2), (1, 1), (1, 3), (3, 5)]
    assert hits.fill_page(4)
    assert not hits.fill_page(1)


def test_what_was_found_with_a_better_rank_keeps_it() -> None:
    hits = Hits(9)
    hits.add([row(1, "ann")], 11)
    hits.add([row(1, "ann")], 12)
    assert [rank for rank, _ in hits.page()] == [11]
