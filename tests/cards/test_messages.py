"""The catalogues fit what the program says."""

from __future__ import annotations

import pytest

from cards.wording import LANGUAGES, count, say
from tests.cards.messages import messages, places, read


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_places_of_its_sentence(language: str) -> None:
    for message in read(language):
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for string in filter(None, strings):
            # Of a pair, the sentence for one thing may leave its number out.
            assert places(string) <= places(ids[-1]) | places(ids[0]), string
            assert places(ids[0]) <= places(string) | {"n"}, string


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_what_the_program_says_and_nothing_else(language: str) -> None:
    keys = [each if isinstance(each, str) else each[0] for each in messages()]
    held = [each.id if isinstance(each.id, str) else each.id[0] for each in read(language)]
    assert sorted(filter(None, held)) == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    forms = {
        message.id: message.string
        if isinstance(message.string, tuple | list)
        else (message.string,)
        for message in read(language)
        if message.id
    }
    assert [each for each, strings in forms.items() if not all(strings)] == []


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert say("pl", "Nothing is planned.") == "Nothing is planned."
    assert count("pl", "one thing", "{n} things", 3) == "3 things"
