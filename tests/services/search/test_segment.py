from __future__ import annotations

import pytest

from services.model.errors import Damaged
from services.search import segment
from services.search.letters import Letters
from services.search.lines import Line
from services.search.packing import Packing
from services.search.patterns import anywhere, line_of
from services.search.segment import Copy, Draft, Segment

ANNA = anywhere("anna")


def a_line(key: int, *names: str, body: bytes = b"body") -> Line:
    return Line(key, line_of(names, ["x"]) if names else "", key, body)


def read(pieces: list[bytes]) -> Segment:
    copy = Copy()
    for piece in pieces:
        copy.put(piece)
    return copy.segment(7)


def a_draft() -> Draft:
    draft = Draft()
    draft.put([a_line(n, "anna", f"bo{n}", body=b"body %d" % n) for n in range(300)])
    draft.put([a_line(1000)])
    return draft


def test_a_draft_comes_back_as_a_segment() -> None:
    draft = a_draft()
    back = read(draft.written())
    assert draft.rows == 301
    assert back.until == 7
    assert sorted(back.names) == sorted(["anna", *(f"bo{n}" for n in range(300))])
    found = back.find(ANNA.grams, [ANNA], 999)
    assert [back.packing.unpack(row.body) for row in found] == [b"body %d" % n for n in range(300)]
    assert back.letters.gone(0) == [a_line(1000, body=b"")]


def test_what_is_indexed_already_becomes_a_segment_without_being_indexed_again() -> None:
    letters, packing = Letters(), Packing.like([b"body"])
    lines = [a_line(n, "anna", f"bo{n}", body=packing.pack(b"body %d" % n)) for n in range(300)]
    letters.put([*lines, a_line(1000)])
    letters.put([a_line(7)])
    draft = Draft.of(letters.snapshot(), packing)
    letters.put([a_line(8)])
    back = read(draft.written())
    assert draft.rows == 301
    assert sorted(back.names) == sorted(["anna", *(f"bo{n}" for n in range(300) if n != 7)])
    found = [back.packing.unpack(row.body) for row in back.find(ANNA.grams, [ANNA], 999)]
    assert found == [b"body %d" % n for n in range(300) if n != 7]
    assert {line.key for line in back.letters.gone(0)} == {7, 1000}


def test_numbers_go_on_behind_those_of_the_segments_before() -> None:
    back = read(a_draft().written())
    back.first = 5000
    assert back.find(ANNA.grams, [ANNA], 1)[0].number == 5001
    assert back.newest(1)[0].number == 5300


def test_an_empty_draft_is_a_segment_too() -> None:
    assert read(Draft().written()).newest(9) == []


def test_pieces_are_small_enough_for_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "PIECE_BYTES", 10_000)
    pieces = a_draft().written()
    assert len(pieces) > 3 and all(len(piece) < 11_000 for piece in pieces)
    assert len(read(pieces).newest(999)) == 300


@pytest.mark.parametrize("pieces", [[], [b"?"], [b"\x28\xb5\x2f\xfd"]])
def test_anything_else_is_damaged(pieces: list[bytes]) -> None:
    with pytest.raises(Damaged):
        read(pieces)


def test_half_a_segment_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "PIECE_BYTES", 20_000)
    pieces = a_draft().written()
    with pytest.raises(Damaged):
        read(pieces[: len(pieces) // 2])


def test_another_version_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "FORMAT", b"0")
    pieces = a_draft().written()
    monkeypatch.undo()
    with pytest.raises(Damaged, match="version"):
        read(pieces)


def test_a_growing_segment_has_no_end() -> None:
    assert Segment(Letters(), Packing(b"")).until > 10**18
