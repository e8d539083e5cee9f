"""Bodies of items: what goes out comes back, however Exchange dresses it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.graph.bodies import body_to_graph, is_cut, text_from_graph
from services.model.rich_text import parse
from services.sync.content.canonical import Group, differing
from tests._builders import an_event_content
from tests.services.graph._noise import dressed


def of_html(content: str) -> str:
    return text_from_graph({"contentType": "html", "content": content})


def says_the_same(one: str, other: str) -> bool:
    return Group.TEXT not in differing(an_event_content(text=one), an_event_content(text=other))


def test_a_text_without_marks_goes_as_text() -> None:
    text = "Bring the maps, https://a.example.\n\n2 * 3"
    assert body_to_graph(text) == {"contentType": "text", "content": text}


def test_a_text_with_marks_goes_as_the_simplest_html() -> None:
    text = (
        "**Bring** _all_\n\n- tea & [maps](https://a.example/?a=1&b=2)\n  1. old\n1. x\n1. y\n- z"
    )
    assert body_to_graph(text) == {
        "contentType": "html",
        "content": "<div><b>Bring</b> <i>all</i></div><div><br></div>"
        '<ul><li>tea &amp; <a href="https://a.example/?a=1&amp;b=2">maps</a>'
        "<ol><li>old</li></ol></li></ul>"
        "<ol><li>x</li></ol><ol><li>y</li></ol><ul><li>z</li></ul>",
    }


def test_signs_that_mean_nothing_stay_signs() -> None:
    body = body_to_graph(r"\*\*no\*\* <b>")
    assert body["content"] == "<div>**no** &lt;b&gt;</div>"
    assert text_from_graph(body) == r"\*\*no\*\* <b>"


def test_a_body_of_text_keeps_its_lines_and_its_signs() -> None:
    body = {"contentType": "text", "content": "One \r\nTwo **2**\r\n\r\n"}
    assert text_from_graph(body) == "One\nTwo \\*\\*2\\*\\*"


@pytest.mark.parametrize("body", [None, {}, {"contentType": "html", "content": None}])
def test_no_body_is_no_text(body: dict[str, object] | None) -> None:
    assert text_from_graph(body) == ""


def test_the_block_of_an_online_meeting_is_kept_with_its_links() -> None:
    line = "_" * 80
    text = of_html(
        f"<p>Agenda</p><div><span>{line}</span></div><div><h1>Microsoft Teams meeting</h1>"
        '<a href="https://teams.example/l/meetup-join/19%3a_x@thread.v2/0?c=%7b%22T%22%7d">'
        "Join the meeting now</a></div>"
    )
    link = "https://teams.example/l/meetup-join/19%3a_x@thread.v2/0?c=%7b%22T%22%7d"
    assert text == f"Agenda\n{line}\n**Microsoft Teams meeting**\n[Join the meeting now]({link})"
    assert text_from_graph(body_to_graph(text)) == text


@pytest.mark.parametrize(
    "content", ["word " * 60_000, "<p>word word</p>" * 60_000, "<style>" + "p{}" * 400_000]
)
def test_a_body_of_a_megabyte_is_bounded_and_says_so(content: str) -> None:
    text = of_html(content)
    assert len(text) < 20_100
    assert is_cut(text)
    assert of_html(content) == text


def test_a_text_of_ordinary_length_is_whole() -> None:
    assert not is_cut(of_html("<p>word</p>" * 3_000))


LETTERS = st.text("ab *_[]()\\-1.\n<https://x.e>é&", max_size=40)
PARTS = ["- ", "  - ", "1. ", "2. ", "**", "_", "a", "b c", " ", "\n", "é<&", ".", "\\"]
LINKS = ["[w](https://x.e/q?a=1&b=2)", "https://x.e/_a_"]
TEXTS = LETTERS | st.lists(st.sampled_from([*PARTS, *LINKS]), max_size=25).map("".join)


@given(TEXTS)
def test_what_goes_out_comes_back(text: str) -> None:  # F32
    assert says_the_same(text_from_graph(body_to_graph(text)), text)


@given(st.data(), TEXTS)
def test_it_comes_back_from_whatever_exchange_makes_of_it(data: st.DataObject, text: str) -> None:
    page = data.draw(dressed(body_to_graph(text)))  # F32
    assert says_the_same(of_html(page), text)


TAGS = ["b", "i", "p", "ul", "ol", "li", "div", "pre", "td", "h1", "span"]
HTML = st.lists(
    st.sampled_from(
        [f"<{tag}>" for tag in TAGS]
        + [f"</{tag}>" for tag in TAGS]
        + ["<br>", "a", "b&nbsp;", "· x", " ", "\r\n", "**", "_", "- ", "1. ", "<!--x-->", "<"]
        + ["<a href='https://x.e/(a)'>", "</a>", "<script>", "</script>", "https://y.e"]
    ),
    max_size=25,
).map("".join)


@given(HTML)
def test_what_came_in_goes_round_without_end(content: str) -> None:  # F32
    text = of_html(content)
    assert says_the_same(text_from_graph(body_to_graph(text)), text)


@given(HTML)
def test_nothing_but_web_and_mail_addresses_comes_in(content: str) -> None:
    text = of_html(content.replace("https://x.e/", "javascript:"))
    urls = {run.url for line in parse(text) for run in line.runs}
    assert urls <= {""} | {url for url in urls if url.startswith("https://y.e")}
