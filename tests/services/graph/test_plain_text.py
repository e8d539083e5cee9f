"""Bodies as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.graph.plain_text import plain_text
from tests.services.graph._echo import as_html


def of_html(content: str) -> str:
    return plain_text({"contentType": "html", "content": content})


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One</p><p>&nbsp;</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One<br></div>\r\n<div>Two</div>", "One\nTwo"),
        ("One<br><br>Two", "One\n\nTwo"),
        ("<div><div>One</div></div><div>Two</div>", "One\nTwo"),
        ("a\r\n   b\t c", "a b c"),
        ("<ul><li>tea</li><li>maps</li></ul>", "- tea\n- maps"),
        ("<pre>a\n  b</pre>c", "a\n  b\nc"),
        ("<head><title>t</title><style>p{}</style></head><body>x<script>1</script></body>", "x"),
        ("5 &lt; 6 &amp; caf&eacute;", "5 < 6 & café"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ('see <a href="https://a.example/x">the plan</a>', "see the plan <https://a.example/x>"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ('<a href="javascript:alert(1)">go</a>', "go"),
        ("<p>cut <b>off", "cut off"),
        ("", ""),
    ],
)
def test_html_reads_as_it_looks(html: str, text: str) -> None:
    assert of_html(html) == text


def test_a_text_keeps_its_lines() -> None:
    body = {"contentType": "text", "content": "One \r\nTwo\r\n\r\n"}
    assert plain_text(body) == "One\nTwo"


@pytest.mark.parametrize("body", [None, {}, {"contentType": "html", "content": None}])
def test_no_body_is_no_text(body: dict[str, object] | None) -> None:
    assert plain_text(body) == ""


WORDS = st.text("abcäß<>&;'\"/ 😀", min_size=1).map(lambda s: " ".join(s.split())).filter(bool)


@given(st.lists(WORDS | st.just(""), min_size=1))
def test_what_outlook_wraps_in_html_is_unwrapped_again(lines: list[str]) -> None:
    text = "\n".join(lines).strip("\n")
    assert of_html(as_html(text)) == text


@given(st.text("<>/abr p\"'=&;!-\n", max_size=60))
def test_no_html_is_too_broken(content: str) -> None:
    of_html(content)
