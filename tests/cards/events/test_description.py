"""Marks on a card, and what must not become one."""

from __future__ import annotations

from typing import Any

import pytest

from cards.events.description import MOST_LINES, description


def drawn(text: str) -> list[list[dict[str, Any]]]:
    return [element.render()["inlines"] for element in description(text)]


def test_words_look_as_they_are_marked() -> None:
    (line,) = drawn("a **b** _c_")
    assert [(run["text"], run.get("weight"), run.get("italic")) for run in line] == [
        ("a ", None, None),
        ("b", "bolder", None),
        (" ", None, None),
        ("c", None, True),
    ]


def test_points_have_signs_and_stand_in() -> None:
    lines = drawn("- a\n  - b\n1. c")
    assert [line[0]["text"].lstrip("\u00a0") for line in lines] == ["• ", "• ", "1. "]
    assert lines[1][0]["text"].startswith("\u00a0" * 4)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("[plan](https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x", "https://a.example/x"),
        ("[mail](mailto:ines@a.example?subject=x)", "mailto:ines@a.example"),
    ],
)
def test_a_link_can_be_followed(text: str, url: str) -> None:
    ((run,),) = drawn(text)
    assert (run["selectAction"]["type"], run["selectAction"]["url"]) == ("Action.OpenUrl", url)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[plan](http://intranet/plan)", "plan <http://intranet/plan>"),
        ("http://intranet/plan", "http://intranet/plan"),
        ("[\u202e](https://a.example)", ""),
        ("[go](javascript:alert(1))", "[go](javascript:alert(1))"),
        (r"\*\*no\*\* {{DATE(2026)}}", "**no** {\u2060{DATE(2026)}}"),
    ],
)
def test_what_teams_would_not_follow_is_only_read(text: str, words: str) -> None:
    ((run,),) = drawn(text)
    assert run["text"] == words
    assert "selectAction" not in run


def test_a_card_grows_no_taller_than_it_may() -> None:
    assert len(drawn("a line\n" * 100)) == MOST_LINES + 1
    assert len(drawn("word " * 1000)) == 2
    assert drawn("\n\n") == []
    assert len(drawn(f"{'word ' * 399}**last** {'word ' * 9}**not**\n- nor this")) == 2


def test_addresses_on_a_card_are_counted() -> None:
    lines = drawn("\n".join(f"[{n}](https://a.example/{'x' * 900})" for n in range(12)))
    assert sum("selectAction" in run for line in lines for run in line) == 6
