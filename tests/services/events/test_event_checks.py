"""What a person may write as tags, and how they are tidied."""

from __future__ import annotations

import pytest

from services.events.event_checks import tidy_event
from services.model.errors import InvalidInput, Problem, Wrong
from tests._builders import an_event_content


def test_a_tag_is_kept_once_on_one_line_and_without_its_sign() -> None:
    written = an_event_content(tags=("#fair", " Fair ", "", "two\nlines", "C#", "\u202eprint"))
    assert tidy_event(written).tags == ("fair", "two lines", "C#", "print")


@pytest.mark.parametrize(
    ("tags", "problem"),
    [
        (("x" * 101,), Problem("tags", Wrong.TOO_LONG, 100)),
        (tuple(map(str, range(26))), Problem("tags", Wrong.OUT_OF_RANGE, 25)),
    ],
)
def test_too_much_of_a_tag_is_refused(tags: tuple[str, ...], problem: Problem) -> None:
    with pytest.raises(InvalidInput) as refused:
        tidy_event(an_event_content(tags=tags))
    assert refused.value.problems == (problem,)


def test_what_outlook_wrote_is_not_held_against_a_person() -> None:
    kept = an_event_content(tags=("x" * 101,))
    assert tidy_event(an_event_content(title="Supper", tags=("x" * 101,)), kept).tags == kept.tags
