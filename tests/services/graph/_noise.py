"""What Exchange and Outlook make of a body: the same to read, another thing letter by letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from tests.services.graph._echo import as_html

__all__ = ["dressed"]

_HEAD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office">\r\n<head>\r\n'
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n'
    "<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->"
    "<style><!--\r\n@font-face {font-family:Aptos;} p.MsoNormal {margin:0cm;}\r\n--></style>\r\n"
    '<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]--></head>\r\n'
    '<body lang="EN-GB" link="#467886" style="word-wrap:break-word">\r\n'
)
_TAG = re.compile(r"(<[^>]*>)")
_DRESSES = ("shouted", "wrapped", "spaced", "counted", "classy", "office")


@st.composite
def dressed(draw: st.DrawFn, body: dict[str, str]) -> str:
    """The HTML that somebody may read where this body was sent."""
    is_text = body["contentType"] == "text"
    page = as_html(body["content"]) if is_text else f"{_HEAD}{body['content']}</body></html>\r\n"
    for dress in draw(st.sets(st.sampled_from(_DRESSES))):
        parts = _TAG.split(page)
        page = "".join(_TAGS[dress](part) if part[:1] == "<" else part for part in parts)
        if dress in _WORDS:
            head, mark, rest = page.partition("<body" if "<body" in page else "<BODY")
            parts = _TAG.split(mark + rest)
            page = head + "".join(p if p[:1] == "<" else _WORDS[dress](p) for p in parts)
    return page


def _same(part: str) -> str:
    return part


def _shouted(tag: str) -> str:
    return re.sub(r"^</?[a-z0-9]+", lambda name: name[0].upper(), tag)


def _classy(tag: str) -> str:
    return re.sub(r"^<(div|li|ul|ol)>$", r'<\1 class="elementToProof" dir=ltr>', tag, flags=re.I)


def _office(tag: str) -> str:
    if re.match(r"<(div|li)\b", tag, re.I):
        return f"{tag}<span style='font-size:11.0pt;color:black'>"
    return f"<o:p></o:p></span>{tag}" if re.match(r"</(div|li)\b", tag, re.I) else tag


_TAGS: Mapping[str, Callable[[str], str]] = dict.fromkeys(_DRESSES, _same) | {
    "shouted": _shouted,
    "classy": _classy,
    "office": _office,
}
_WORDS: Mapping[str, Callable[[str], str]] = {
    "wrapped": lambda words: words.replace(" ", "\r\n"),
    "spaced": lambda words: words.replace(" ", "&nbsp;"),
    "counted": lambda words: "".join(
        f"&#{ord(sign)};" if ord(sign) > 127 else sign for sign in words
    ),
}
