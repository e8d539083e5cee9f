"""HTML as people see it, whoever wrote it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.graph.html_text import read_html
from services.model.rich_text import write


def seen(source: str) -> str:
    return write(read_html(source, 10_000)).strip("\n")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One</p><p>&nbsp;</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One<br></div>\r\n<div>Two</div>", "One\nTwo"),
        ("One<br><br>Two", "One\n\nTwo"),
        ("<div><div>One</div></div><div>Two</div>", "One\nTwo"),
        ("a\r\n   b\t c", "a b c"),
        ("<pre>a\n  b</pre>c", "a\n  b\nc"),
        ("5 &lt; 6 &amp; caf&eacute; &#128512;", "5 < 6 & café 😀"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "**a** b\nc"),
        ("<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>b", "a\nb"),
        ("<p>cut <b>off", "cut **off**"),
        ("", ""),
    ],
)
def test_lines_are_drawn_as_outlook_draws_them(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>a</b> <strong>b</strong> <i>c</i> <em>d</em>", "**a** **b** _c_ _d_"),
        ("<b>a <i>b</i></b>", "**a** **_b_**"),
        ("<b>a </b>b", "**a** b"),
        ("<h2>Plan</h2>text", "**Plan**\ntext"),
        ('<span style="font-weight:bold">a</span>', "**a**"),
        ('<span style="FONT-STYLE: italic">b</span>', "_b_"),
        ('<p style="font-weight:700">a</p>', "a"),
        ("<b>a</i> b</b> c", "**a b** c"),
        ("**a** _b_", r"\*\*a\*\* \_b\_"),
        ("snake_case and ____", "snake_case and ____"),
    ],
)
def test_bold_and_italics_are_kept(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ul><li>tea</li><li>maps</li></ul>", "- tea\n- maps"),
        ("<ul><li>tea<ul><li>green</li></ul></li><li>maps</li></ul>", "- tea\n  - green\n- maps"),
        ("<ol><li>one</li><li><p>two</p></li></ol>end", "1. one\n2. two\nend"),
        ("<ol><li>a</li><li></li><li>b</li></ol>", "1. a\n2. b"),
        ("<li>alone</li>", "- alone"),
        ("<p class=MsoListParagraph>·<span>&nbsp;&nbsp; </span>tea</p>", "- tea"),
        ("- tea<br>- maps", "- tea\n- maps"),
        ("3. October", "3. October"),
    ],
)
def test_lists_are_kept(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="https://a.example/?a=1&amp;b=2">p</a>', "[p](https://a.example/?a=1&b=2)"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ("<a href='HTTPS://a.example/(x) y'>p</a>", "[p](https://a.example/%28x%29%20y)"),
        ("<a href=mailto:i@a.example>Ines</a>", "[Ines](mailto:i@a.example)"),
        ('<a href="https://a.example"><b>p</b></a>', "**[p](https://a.example)**"),
        ('<a href="javascript:alert(1)">go</a>', "go"),
        ('<a href="java\nscript:alert(1)">go</a>', "go"),
        ('<a href="data:text/html,x">go</a> <a href="/x">here</a> <a>there</a>', "go here there"),
        (f'<a href="https://a.example/{"x" * 3000}">far</a>', "far"),
        (f'<a href="https://a.example/{"(" * 1500}">far</a>', "far"),
    ],
)
def test_links_lead_to_pages_and_mailboxes_only(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>t</title><style>p{}</style></head><body>x<script>1</script></body>",
        "<!--[if mso]><p>not seen</p><![endif]-->x",
        "<![if !supportLists]>x<![endif]>",
        "<?xml version='1'?><xml><o:x>no</o:x></xml>x<o:p></o:p>",
        "<SCRIPT>if (a<b) '</p>'</SCRIPT >x",
        "<script>alert('<b>')",
        "<head><meta charset=utf-8><body onload='x()'>x",
        "x<!-- never closed <p>no</p>",
        "x<p",
        "x</ >",
        '<p onclick="a>b">x</p>',
        "<img src=x onerror=alert(1)>x",
    ],
)
def test_what_is_not_drawn_is_not_read(html: str) -> None:
    assert seen(html) in ("x", "")
    assert "alert" not in seen(html)


def test_an_open_quote_hides_no_more_than_its_own_tag() -> None:
    assert seen("<p title=\"a>one</p><p>two</p><b class='x>three</b>") == "one\ntwo\n**three**"


def test_a_sign_that_opens_no_tag_is_itself() -> None:
    assert seen("1 < 2 <3 a<") == "1 < 2 <3 a<"


def test_a_character_with_an_impossible_number_is_no_character() -> None:
    assert seen(f"a&#{'9' * 5000};b") == "a\N{REPLACEMENT CHARACTER}b"


BROKEN = [
    *("<!--", "<a ", "<a x='", "<![CDATA[", "<!x", "<?", "</", "<b>", "<ul>", "</b>", "<ul><li>"),
    *("<script>", "<style>", "&#", "&", "<", ">", "<b></i>", "a  ", "<pre>\n", "<td>", "<p '>"),
]


@pytest.mark.parametrize("part", BROKEN)
def test_however_broken_it_is_it_takes_one_walk(part: str) -> None:
    # 250,000 characters: where each part led to another walk, this would take minutes.
    began = time.process_time()
    read_html(part * (250_000 // len(part)), 20_000)
    assert time.process_time() - began < 10


def test_it_is_read_no_further_than_asked_for() -> None:
    lines = read_html("<p>abc</p>" * 1000, 30)
    assert 10 <= len(lines) <= 12


@given(st.text("<>/abrp \"'=&;!-\n", max_size=60))
def test_no_html_is_too_broken(content: str) -> None:
    seen(content)
