"""Addresses of the web that people write down: http and https, and nothing that a click could run.

:func:`web_link` completes ``engines.example`` to ``https://engines.example`` and refuses all other
schemes (``javascript:``, ``data:``, ``file:``), blanks, control characters, and a name in front of
the host, which is how ``https://bank.example@evil.example`` deceives. :func:`map_of` leads from a
place to a map. :class:`NotFetched`: what is asked for there cannot be had.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from services.model.errors import Refused

__all__ = ["LONGEST", "NotFetched", "link_name", "map_of", "web_link"]

MAP = "https://www.bing.com/maps?q="
LONGEST = 2_000
"""Letters."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.I)
_UNSEEN = re.compile(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u202a-\u202e\u2066-\u2069<>\"\\]")
_NETWORKS = {
    "linkedin.com": "LinkedIn",
    "facebook.com": "Facebook",
    "x.com": "X",
    "twitter.com": "X",
    "instagram.com": "Instagram",
    "xing.com": "XING",
    "github.com": "GitHub",
    "youtube.com": "YouTube",
    "mastodon.social": "Mastodon",
    "bsky.app": "Bluesky",
}


class NotFetched(Refused):
    """An address that may not be asked, does not answer, or has something else than was wanted.

    A person is told no more than that: this is no instrument to look around in a network with.

    Attributes:
        is_gone: whether the server says that there is nothing (any more).
        is_too_large: whether it was more than was asked for.
    """

    def __init__(self, *, is_gone: bool = False, is_too_large: bool = False) -> None:
        super().__init__("not fetched")
        self.is_gone = is_gone
        self.is_too_large = is_too_large


def web_link(written: str) -> str | None:
    """Return the whole address, or ``None`` for what is none."""
    text = written.strip()
    if not text or len(text) > LONGEST or _UNSEEN.search(text):
        return None
    if not text.lower().startswith(("https://", "http://")):
        if _SCHEME.match(text) or text.startswith("/"):
            return None
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return None
    host = parts.hostname or ""
    if not is_fine or "@" in parts.netloc or "." not in host.strip("."):
        return None
    return text


def link_name(url: str) -> str:
    """Return the social network that an address is of, else its host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    known = (name for end, name in _NETWORKS.items() if host == end or host.endswith(f".{end}"))
    return next(known, host)


def map_of(place: str) -> str:
    """Return the address of a map that shows a place; empty for none, and for a link."""
    place = " ".join(place.split())
    is_link = "://" in place or (" " not in place and web_link(place) is not None)
    return "" if not place or is_link else f"{MAP}{quote(place, safe='')}"
