"""Marks in a text: bold, italics, links and lists, and everything that only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.model.rich_text import (
    DEEPEST,
    Line,
    Run,
    is_unmarked,
    normal,
    parse,
    plain,
    write,
)

PLAN = "https://a.example/plan_b?x=(1)".replace("(", "%28").replace(")", "%29")


def runs_of(text: str) -> tuple[Run, ...]:
    (line,) = parse(text)
    return line.runs


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**now**", (Run("now", bold=True),)),
        ("_maybe_ later", (Run("maybe", italic=True), Run(" later"))),
        ("un**believ**able", (Run("un"), Run("believ", bold=True), Run("able"))),
        ("**_both_**", (Run("both", bold=True, italic=True),)),
        (f"see [the plan]({PLAN})", (Run("see "), Run("the plan", url=PLAN))),
        (f"({PLAN}).", (Run("("), Run(PLAN, url=PLAN), Run(")."))),
        ("[mail](mailto:ines@a.example)", (Run("mail", url="mailto:ines@a.example"),)),
        (r"\*\*no\*\* \_x\_ \[a\]", (Run("**no** _x_ [a]"),)),
        (r"[a\]b](https://a.example)", (Run("a]b", url="https://a.example"),)),
    ],
)
def test_a_mark_is_read(text: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(text) == runs


@pytest.mark.parametrize(
    "text",
    [
        *("snake_case_name", "2 * 3 ** 4", "____ ****", "**open", "a ** b ** c", "_ a _"),
        *("[x](javascript:alert(1))", "[x] (https:)", r"\\server\share", "*one*", "-5 degrees"),
        *("3. October", "1.5 hours", "0. no", "-", "1."),
    ],
)
def test_what_only_looks_like_a_mark_is_itself(text: str) -> None:
    assert parse(text) == (Line((Run(text),)),)


def test_lists_have_points_numbers_and_points_of_points() -> None:
    text = "Bring:\n- tea\n  - green\n    1. one\n    2. two\n- maps\n1. first\n2. second\n1. anew"
    told = [(line.item, line.depth) for line in parse(text)]
    assert told == [
        *((None, 0), (0, 0), (0, 1), (1, 2), (2, 2)),
        *((0, 0), (1, 0), (2, 0), (1, 0)),
    ]


def test_a_point_is_at_most_one_deeper_than_the_one_before_it() -> None:
    text = "      - a\n" + "\n".join(f"{'  ' * n}- b" for n in range(9))
    depths = [line.depth for line in parse(text)]
    assert depths[:3] == [0, 0, 1]
    assert max(depths) == DEEPEST


def test_spaces_stand_outside_of_marks_and_equal_runs_are_one() -> None:
    parted = [Run(" a ", bold=True), Run("b", bold=True), Run("  ", italic=True), Run("")]
    assert normal(parted) == (Run(" "), Run("a b", bold=True), Run("  "))


def test_italics_inside_of_a_word_cannot_be_said_and_are_lost() -> None:
    words = (Run("un"), Run("believ", italic=True), Run("able"))
    assert write([Line(words)]) == "unbelievable"


def test_a_link_that_cannot_be_said_still_tells_where_it_leads() -> None:
    line = Line((Run("a\\", url="https://a.example"), Run("b", italic=True)))
    assert write([line]) == r"a\ <https://a.example>b"


def test_as_few_backslashes_as_it_takes() -> None:
    assert write([Line((Run("snake_case 2 * 3 ____"),))]) == "snake_case 2 * 3 ____"
    assert write([Line((Run("a **b**"),))]) == r"a \*\*b\*\*"


def test_a_text_without_its_marks_says_where_links_lead() -> None:
    text = f"- **Bring** [the plan]({PLAN})\n  1. or {PLAN}"
    assert plain(text) == f"- Bring the plan <{PLAN}>\n  1. or {PLAN}"


LETTERS = st.text("ab *_[]()\\-1.\n<https://x.e>é", max_size=40)
PARTS = ["- ", "  - ", "1. ", "2. ", "**", "_", "a", "b c", " ", "\n", "[w](https://x.e/q)", "\\"]
TEXTS = LETTERS | st.lists(st.sampled_from([*PARTS, "https://x.e/_a_"]), max_size=25).map("".join)


@given(TEXTS)
def test_what_is_written_reads_the_same(text: str) -> None:
    lines = parse(text)
    assert parse(write(lines)) == lines
    assert write(parse(write(lines))) == write(lines)


@pytest.mark.parametrize("part", ["[", "**", "_", "[a](", "http://", "\\*", "- ", "[\\]", " "])
def test_a_long_line_of_anything_is_read_in_one_walk(part: str) -> None:
    # A pattern that looks to the end again and again would take minutes.
    assert len(parse(part * 20_000)) == 1


@given(TEXTS | st.text("a1 .-*_[]\\\n:/htps", max_size=12))
def test_a_text_is_surely_unmarked_only_where_it_is_read_as_it_stands(text: str) -> None:
    read = tuple(Line((Run(line),) if line else ()) for line in text.split("\n"))
    assert not is_unmarked(text) or parse(text) == read


@pytest.mark.parametrize("text", ["", "Bring tea.\n\nRoom 3.1, at 9:00 - or later", "-5 degrees"])
def test_most_texts_are_surely_unmarked(text: str) -> None:
    assert is_unmarked(text)
