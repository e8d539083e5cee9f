"""Links of an event: lines of ``name address`` in a form. Pure.

``Agenda https://…`` is a link with a name; so is ``[Agenda](https://…)``, as descriptions have it.
What an address may be is said by :mod:`services.model.web_links`.
"""

from __future__ import annotations

import re

from services.model.events import WebLink
from services.model.web_links import web_link

__all__ = ["read_link", "typed_link"]

_MARKED = re.compile(r"\[([^\]]*)\]\((\S+)\)")


def read_link(line: str) -> WebLink | None:
    """Return the link that a line says; ``None`` where it says none."""
    line = line.strip()
    if marked := _MARKED.fullmatch(line):
        name, address = marked.groups()
    else:
        name, _, address = line.rpartition(" ")
    url = web_link(address)
    return WebLink(url, name.strip().rstrip(":").strip()) if url else None


def typed_link(link: WebLink) -> str:
    """Return a link as a line that :func:`read_link` reads."""
    return f"{link.name} {link.url}".strip()
