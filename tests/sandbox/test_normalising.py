"""What Exchange makes of a body: the same to read, and nothing that could do harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from sandbox.items import Content
from sandbox.normalising import normalised
from sandbox.writing import timed


def kept(html: str) -> str:
    content = timed("Lunch", date(2026, 11, 20), time(12), 60, "UTC")
    body = {"contentType": "html", "content": html}
    return str(body_of(normalised(replace(content, plain={**content.plain, "body": body}))))


def body_of(content: Content) -> str:
    again = normalised(content)
    assert again.plain["body"] == content.plain["body"], "what was tidied stays as it is"
    return str(content.plain["body"]["content"])


def test_tags_are_spelled_small_and_breaks_have_no_slash() -> None:
    assert kept("<P>a  b<BR/></P>") == "<div><p>a b<br></p></div>"


def test_scripts_handlers_and_links_that_are_programs_go() -> None:
    html = (
        "<div><script>x()</script><!-- y --><a href='javascript:z()' onclick=\"w()\">go</a></div>"
    )
    assert kept(html) == "<div><a>go</a></div>"


def test_an_emoji_becomes_its_number() -> None:
    assert kept("<div>\N{GRINNING FACE} \N{LATIN SMALL LETTER E WITH ACUTE}</div>") == (
        "<div>&#128512; \N{LATIN SMALL LETTER E WITH ACUTE}</div>"
    )


def test_long_lines_are_broken_at_a_space() -> None:
    words = "word " * 20
    assert "\r\n" in kept(f"<div>{words}</div>")
    assert kept(f"<div>{words}</div>").replace("\r\n", " ") == f"<div>{words}</div>"
