"""The lines of a list of search results: Teams draws them from thumbnail cards.

https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
"""

from __future__ import annotations

from html import escape

from cards.events.event_title import titled
from cards.parts import fold
from cards.text import clean
from cards.viewer import Reader
from cards.when import describe
from services.model.events import Occurrence

__all__ = ["Attachment", "event_preview", "thumbnail"]

Attachment = dict[str, object]


def thumbnail(title: str, text: str) -> Attachment:
    """Return a line with a title and a text; clients read the text as simple HTML."""
    content = {
        "title": fold(clean(title), 120),
        "text": escape(fold(clean(text), 200), quote=False),
    }
    return {"contentType": "application/vnd.microsoft.card.thumbnail", "content": content}


def event_preview(occurrence: Occurrence, reader: Reader) -> Attachment:
    """Return the line that stands for an event."""
    content = occurrence.content
    parts = [describe(content.when, reader), content.place]
    title = titled(content, 120, reader.language)
    return thumbnail(title, " · ".join(part for part in parts if part))
