from __future__ import annotations

from services.search.letters import COPIED_AT_ONCE, Letters
from services.search.lines import Line, Row
from services.search.patterns import Pattern, anywhere, line_of, name


def line(key: int, *names: str, body: bytes = b"") -> Line:
    return Line(key, line_of(names, []) if names else "", key, body)


def find(letters: Letters, *patterns: Pattern, limit: int = 99) -> list[Row]:
    return letters.find([gram for each in patterns for gram in each.grams], patterns, limit)


def bodies(letters: Letters, text: str, limit: int = 99) -> list[bytes]:
    return [row.body for row in find(letters, anywhere(text), limit=limit)]


def test_lines_are_found_in_the_order_in_which_they_were_added() -> None:
    letters = Letters()
    letters.put([line(n, f"anna{n}", body=b"%d" % n) for n in (3, 1, 2)])
    assert bodies(letters, "anna") == [b"3", b"1", b"2"]
    assert bodies(letters, "anna", 2) == [b"3", b"1"]
    assert [row.body for row in letters.newest(2)] == [b"2", b"1"]


def test_grams_alone_are_not_enough() -> None:
    letters = Letters()
    letters.put([line(1, "banana"), line(2, "anaban")])
    assert len(find(letters, anywhere("banana"))) == 1


def test_all_patterns_must_fit() -> None:
    letters = Letters()
    letters.put([line(1, "ada", "byron"), line(2, "ada", "hopper")])
    assert [row.number for row in find(letters, name("ada"), name("hop"))] == [2]


def test_a_line_takes_the_place_of_the_last_one_of_its_key_and_an_empty_one_only_takes_it() -> None:
    letters = Letters()
    letters.put([line(1, "ada"), line(2, "adam")])
    letters.put([line(1, "bea"), line(2), line(7)])
    assert bodies(letters, "ada") == []
    assert len(bodies(letters, "bea")) == 1
    assert len(letters.newest(9)) == 1


def test_merging_changes_nothing_that_is_found() -> None:
    letters = Letters()
    for n in range(0, 400):
        letters.put([line(n % 300, f"anna{n}", f"x{n}x", body=b"%d" % n)])
        letters.merge()
    assert bodies(letters, "anna", 999) == [b"%d" % n for n in range(100, 400)]
    assert bodies(letters, "x123x") == [b"123"]
    assert letters.size > 0


def test_a_copy_is_the_same_again_and_goes_on() -> None:
    letters = Letters()
    letters.put([line(n, f"anna{n}", body=b"%d" % n) for n in range(50)] + [line(99)])
    copy = Letters(letters.copy({"format": b"x"}))
    assert copy.note("format") == b"x"
    assert copy.last == letters.last == 50
    for each in (letters, copy):
        each.put([line(7, "anna", body=b"again"), line(99, "anna99", body=b"back")])
        assert bodies(each, "anna")[-2:] == [b"again", b"back"] and len(bodies(each, "anna")) == 51
        assert bodies(each, "anna7") == [] and each.gone(0) == []


def test_what_is_newer_than_a_revision_is_told_with_what_is_gone() -> None:
    letters = Letters()
    many = COPIED_AT_ONCE + 10
    letters.put([line(n, "anna") for n in range(1, many + 1)])
    letters.put([line(3), line(many + 5)])
    newer = letters.lines(many - 20, 0) + letters.lines(many - 20, COPIED_AT_ONCE)
    assert [each.revision for each in newer] == list(range(many - 19, many + 1))
    assert letters.gone(3) == [line(many + 5)]
    assert len(letters.keys()) == many + 1


def test_edits_one_by_one_never_fill_it() -> None:
    letters = Letters()
    letters.put([line(n, f"anna{n}") for n in range(50)])
    for n in range(2500):
        letters.put([line(n * 7 % 50, f"bea{n}")])
        letters.merge()
    assert len(bodies(letters, "bea")) == 50


def test_words_behind_the_head_are_found_in_a_copy_and_forgotten_with_their_line() -> None:
    letters = Letters()
    letters.put([Line(n, line_of(["ada"], ["@royal", f"engine{n}"]), n, b"") for n in range(9)])
    for each in (letters, Letters(letters.snapshot())):
        (row,) = find(each, anywhere("engine7"))
        assert (row.head, row.rest) == ("..ada..@ royal", " engine7")
        assert each.lines(7, 0)[0].text == "..ada..@ royal| engine8"
        each.remove([7])
        assert find(each, anywhere("engine7")) == []
        assert len(find(each, anywhere("engine"))) == 8
