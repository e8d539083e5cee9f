"""An event that is only proposed."""

from __future__ import annotations

from dataclasses import replace

from cards.events.event_questions import event_confirm
from services.model.events import ShowAs
from tests._builders import an_event_content
from tests.cards._reading import words
from tests.cards._view_samples import BOOK, INES


def test_what_a_sentence_says_of_somebodys_time_is_shown_before_it_is_made() -> None:
    content = an_event_content()
    away = replace(content, show_as=ShowAs.AWAY)
    assert "Shown as\nAway" in words(event_confirm(away, BOOK, INES, "form"))
    assert "Shown as" not in words(event_confirm(content, BOOK, INES, "form"))
