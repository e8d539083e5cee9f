from __future__ import annotations

from services.storage.blinding import Blinding, blind

KEY = b"k" * 32


def test_a_key_that_was_begun_once_names_everything_as_the_key_does() -> None:
    names = Blinding(KEY)
    for _ in range(2):  # nothing of the one before is left in the next
        assert names.id("p", "event", "ä/1") == blind(KEY, "id", "p", "event", "ä/1")
        assert names.label("p", "week 2026-48") == blind(KEY, "label", "p", "week 2026-48")
        assert names.name("group", "t") == blind(KEY, "group", "t")
        assert names.name("keys", "t", size=32) == blind(KEY, "keys", "t", size=32)


def test_no_two_places_share_a_name() -> None:
    names = Blinding(KEY)
    made = [
        *(names.id("p", "event", "1"), names.id("q", "event", "1"), names.id("p", "contact", "1")),
        *(names.label("p", "1"), names.label("q", "1"), Blinding(b"l" * 32).label("p", "1")),
    ]
    assert len(set(made)) == len(made)


def test_many_labels_are_made_once_and_each_stands_once() -> None:
    names, known = Blinding(KEY), dict[str, str]()
    a, b, c = (names.label("p", label) for label in "abc")
    assert names.labels("p", ["b", "a", "b"], known) == (b, a)
    known["a"] = "as it was told"
    assert names.labels("p", ["a", "c"], known) == ("as it was told", c)
    assert names.labels("p", (), known) == ()
