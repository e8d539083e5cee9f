"""What few calendar programs know of an event, in lines that no program acts upon.

A colour (``COLOR``) and where it is joined (``CONFERENCE``) are those of RFC 7986, links are
``ATTACH`` with a name as in RFC 8607. An emoji and whom it is with have lines of our own: an
``ATTENDEE`` would have an address, and a program that knows one may write a mail to it.
:func:`extra_lines` writes them, :func:`extras_of` reads them, also as others write them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from services.events.event_checks import MAX_LINKS, MAX_NAME, MAX_PEOPLE
from services.formats.components import Component
from services.formats.content_lines import Line, escaped, parameters, text_of
from services.formats.css_colors import color_named
from services.model.emoji import is_emoji
from services.model.events import EventContent, Participant, WebLink
from services.model.settings import Color
from services.model.web_links import web_link
from services.tidy_text import one_line

__all__ = ["extra_lines", "extras_of", "is_outdated"]

_COLOR, _JOIN, _FILE = "COLOR", "CONFERENCE", "ATTACH"
_EMOJI, _WITH = "X-ALMANAC-EMOJI", "X-ALMANAC-WITH"
_NAMES = frozenset({_COLOR, _JOIN, _FILE, _EMOJI, _WITH})
_CARET = {"'": '"', "n": " ", "^": "^"}
_ESCAPED = re.compile(r"\^(['n^])")


def extra_lines(content: EventContent, kept: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of an event, without what it says already in lines that it came with."""
    is_told = any(line.startswith(_COLOR) and not is_outdated(line, content) for line in kept)
    if content.color is not Color.NONE and not is_told:
        yield f"{_COLOR}:{content.color.value}"
    if content.emoji:
        yield f"{_EMOJI}:{escaped(content.emoji)}"
    said = {line.partition("://")[2] for line in kept if line.startswith((_JOIN, _FILE))}
    if content.meeting_url and not _is_in(content.meeting_url, said):
        yield f"{_JOIN};VALUE=URI;FEATURE=VIDEO:{content.meeting_url}"
    for link in content.links:
        if not _is_in(link.url, said):
            yield _attached(link)
    for each in content.people:
        yield f"{_WITH}:{escaped(each.name)}"


def is_outdated(line: str, content: EventContent) -> bool:
    """Whether a line that an event came with names a colour that it has no longer."""
    if not line.startswith(_COLOR):
        return False
    return (color_named(line.partition(":")[2]) or Color.NONE) is not content.color


def extras_of(part: Component) -> Mapping[str, Any]:
    """Return the fields of an event's content of which its lines say something."""
    if _NAMES.isdisjoint(part.said):
        return {}  # as of most
    found: dict[str, Any] = {}
    links: dict[WebLink, None] = {}
    people: dict[Participant, None] = {}
    for line in part.lines:
        value = line.value.strip()
        match line.name:
            case "COLOR" if color := color_named(value):
                found.setdefault("color", color)
            case "X-ALMANAC-EMOJI" if is_emoji(text_of(value)):
                found.setdefault("emoji", text_of(value))
            case "CONFERENCE" if url := _address(line):
                found.setdefault("meeting_url", url)
            case "ATTACH" if url := _address(line):
                links[WebLink(url, _name(line))] = None
            case "X-ALMANAC-WITH" if name := one_line(text_of(value))[:MAX_NAME]:
                people[Participant(name)] = None
    many = {"links": tuple(links)[:MAX_LINKS], "people": tuple(people)[:MAX_PEOPLE]}
    return found | {name: some for name, some in many.items() if some}


def _attached(link: WebLink) -> str:
    name = re.sub(r'[\^"]', lambda mark: {"^": "^^"}.get(mark[0], "^'"), link.name)
    return f'{_FILE};FILENAME="{name}":{link.url}' if name else f"{_FILE}:{link.url}"


def _name(line: Line) -> str:
    """Return what a file is called; in RFC 6868 a caret stands before what a name may not have."""
    given = parameters(line)
    name = given.get("FILENAME") or given.get("X-FILENAME") or given.get("LABEL") or ""
    return one_line(_ESCAPED.sub(lambda mark: _CARET[mark[1]], name))[:MAX_NAME]


def _address(line: Line) -> str | None:
    """Return where a line leads to in the web, if it does; it may as well hold a picture."""
    value = line.value.strip()
    return web_link(value) if value.lower().startswith(("https://", "http://")) else None


def _is_in(url: str, said: Collection[str]) -> bool:
    return url.partition("://")[2] in said
