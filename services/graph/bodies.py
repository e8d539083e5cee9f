"""Translate descriptions to and from the body of an Outlook item.

:func:`body_to_graph` sends a text without marks as text, and one with marks as the simplest HTML
that says them. :func:`text_from_graph` reads either back. Exchange keeps every body as HTML,
wraps it, and rewrites what it dislikes, so what is read is what a person sees, not what was
written: what went out comes back the same, and comes back the same for ever.

A body may hold megabytes. What is behind the bound is not looked at; such a text ends in a sign
(:func:`is_cut`), and is never written over, since that would delete what nobody here has seen.

Source: Microsoft Graph ``itemBody``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from services.graph.html_flat import read_flat
from services.graph.html_text import read_html
from services.model.rich_text import Line, Run, is_unmarked, parse, write

__all__ = ["body_to_graph", "is_cut", "text_from_graph"]

LONGEST_BODY = 256_000
"""Characters of a body that are looked at: pages of styles come before the first word."""
LONGEST_TEXT = 20_000
CUT = "\n[…]"


def text_from_graph(body: Mapping[str, Any] | None) -> str:
    """Return the text of a Graph ``itemBody``; nothing where there is none."""
    content = (body or {}).get("content")
    if not isinstance(content, str):
        return ""
    is_html = str((body or {}).get("contentType", "")).lower() == "html"
    if is_html and (flat := read_flat(content)) is not None:
        return flat.strip("\n")
    seen = content[:LONGEST_BODY]
    text = write(read_html(seen, LONGEST_TEXT) if is_html else _lines(seen)).strip("\n")
    if len(content) <= LONGEST_BODY and len(text) <= LONGEST_TEXT:
        return text
    return text[:LONGEST_TEXT].rstrip() + CUT


def is_cut(text: str) -> bool:
    """Whether a text is only the beginning of what stands in Outlook."""
    return text.endswith(CUT)


def body_to_graph(text: str) -> dict[str, str]:
    """Return the ``itemBody`` that says a text."""
    if is_unmarked(text):  # as most are
        return {"contentType": "text", "content": text}
    lines = parse(text)
    words = "\n".join("".join(run.text for run in line.runs) for line in lines)
    if (words == text or parse(words) == lines) and not any(map(_is_marked, lines)):
        return {"contentType": "text", "content": words}
    return {"contentType": "html", "content": _html(lines)}


def _is_marked(line: Line) -> bool:
    # A bare address is a link wherever it is read.
    return line.item is not None or any(
        run.bold or run.italic or run.url not in ("", run.text) for run in line.runs
    )


def _lines(text: str) -> list[Line]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ")
    return [Line((Run(line.rstrip()),)) for line in text.split("\n")]


def _html(lines: Sequence[Line]) -> str:
    parts: list[str] = []
    lists: list[str] = []
    for line in lines:
        parts += _between(lists, line)
        words = "".join(map(_run, line.runs))
        parts.append(words if line.item is not None else f"<div>{words or '<br>'}</div>")
    parts += _between(lists, Line(()))
    return "".join(parts)


def _between(lists: list[str], line: Line) -> list[str]:
    """Return what closes the lists that end before a line, and opens those that begin with it."""
    if line.item is None:
        wanted, is_new = 0, False
    else:
        wanted, is_new = line.depth + 1, line.item == 1
    kind = "ol" if line.item else "ul"
    parts = []
    while len(lists) > wanted or (len(lists) == wanted and lists and (is_new or lists[-1] != kind)):
        parts.append(f"</li></{lists.pop()}>")
        if len(lists) < wanted:
            break
    if lists and len(lists) == wanted:
        parts.append("</li><li>")
    while len(lists) < wanted:
        lists.append(kind)
        parts.append(f"<{kind}><li>")
    return parts


def _run(run: Run) -> str:
    words = escape(run.text, quote=False)
    if run.url:
        words = f'<a href="{escape(run.url)}">{words}</a>'
    words = f"<i>{words}</i>" if run.italic else words
    return f"<b>{words}</b>" if run.bold else words
