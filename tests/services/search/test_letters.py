from __future__ import annotations

from services.search.letters import Letters, Line
from services.search.patterns import anywhere, line_of, name


def line(key: int, *names: str, body: bytes = b"") -> Line:
    return Line(key, line_of(names, []) if names else "", key, body)


def bodies(letters: Letters, text: str, limit: int = 99) -> list[bytes]:
    return [row.body for row in letters.find([anywhere(text)], limit)]


def test_lines_are_found_in_the_order_in_which_they_were_added() -> None:
    letters = Letters()
    letters.put([line(n, f"anna{n}", body=b"%d" % n) for n in (3, 1, 2)])
    assert bodies(letters, "anna") == [b"3", b"1", b"2"]
    assert bodies(letters, "anna", 2) == [b"3", b"1"]
    assert [row.body for row in letters.newest(2)] == [b"2", b"1"]


def test_trigrams_alone_are_not_enough() -> None:
    letters = Letters()
    letters.put([line(1, "banana"), line(2, "anaban")])
    assert len(letters.find([anywhere("banana")], 9)) == 1


def test_all_patterns_must_fit() -> None:
    letters = Letters()
    letters.put([line(1, "ada", "byron"), line(2, "ada", "hopper")])
    assert [row.number for row in letters.find([name("ada"), name("hop")], 9)] == [2]


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
