"""The few web pages that people see outside of Teams: plain HTML that brings all it needs.

:func:`page` makes a response: a title, some sentences, at most one link or button. No script,
nothing from another host; the one style sheet is allowed by its hash. Every text is escaped here
and nowhere else. The words are :mod:`cards.wording`'s, in the language that the browser asks for.
A door that is built :func:`in_words` says what it fails of on such a page, too.
"""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from functools import cache, wraps
from hashlib import sha256
from html import escape
from string import Template

from aiohttp import web

from cards.wording import sentence_of
from services.model.errors import AlmanacError, Refused

__all__ = ["browser_language", "in_words", "page", "protect"]

log = logging.getLogger(__name__)

Door = Callable[[web.Request], Awaitable[web.Response]]
STYLE = """
:root { color-scheme: light dark; --ink: #242424; --paper: #f5f5f5; --sheet: #fff; --mark: #4f52b2 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f0f0; --paper: #141414; --sheet: #242424; --mark: #a6a9f5 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.6 "Segoe UI", system-ui, -apple-system, sans-serif }
main { width: 100%; max-width: 34rem; padding: 2rem 2.25rem; background: var(--sheet);
  border-radius: .75rem; border-top: .3rem solid var(--mark); box-shadow: 0 2px 14px #0002 }
h1 { margin: 0 0 .75rem; font-size: 1.4rem; line-height: 1.3; font-weight: 600 }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.05rem; font-weight: 600 }
p { margin: .5rem 0; overflow-wrap: anywhere }
.go { display: inline-block; margin-top: 1rem; padding: .55rem 1.2rem; border-radius: .4rem;
  background: var(--mark); color: var(--sheet); text-decoration: none; font: inherit;
  font-weight: 600; border: 0; cursor: pointer }
.go:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
footer { margin-top: 1.75rem; font-size: .85rem; opacity: .75 }
"""
PAGE = Template(
    """<!doctype html>
<html lang="$language"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title - Almanac</title><style>$style</style></head>
<body><main><h1>$title</h1>
$body
<footer>Almanac</footer></main></body></html>
"""
)
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
TEAMS = "https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft"


def page(
    title: str,
    *sentences: str,
    link: tuple[str, str] | None = None,
    button: str = "",
    language: str = "en",
    status: int = 200,
) -> web.Response:
    """Return a page.

    Args:
        title: what it is about.
        sentences: what it says; one after ``# `` is a heading.
        link: where it leads, as (text, address).
        button: what sends a POST to the page's own address.
        language: of all the texts.
        status: of the answer.
    """
    parts = [_block(sentence) for sentence in sentences]
    if link:
        text, address = link
        parts.append(f'<p><a class="go" href="{escape(address)}">{escape(text)}</a></p>')
    if button:
        parts.append(f'<form method="post"><button class="go">{escape(button)}</button></form>')
    html = PAGE.substitute(
        language=escape(language), title=escape(title), style=STYLE, body="\n".join(parts)
    )
    return web.Response(text=html, content_type="text/html", charset="utf-8", status=status)


def in_words(door: Door) -> Door:
    """Return the door; what it raises becomes a page: that the store is away, above all."""

    @wraps(door)
    async def answer(request: web.Request) -> web.Response:
        try:
            return await door(request)
        except AlmanacError as err:
            log.warning("a page could not be shown: %s", type(err).__name__)
            language = browser_language(request)
            status = 400 if isinstance(err, Refused) else 503
            return page(sentence_of(language, err), language=language, status=status)

    return answer


def browser_language(request: web.Request) -> str:
    """Return the language that the browser asks for first; English where it asks for none."""
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    return first if TAG.fullmatch(first) else "en"


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers that keep pages harmless, to errors too; a signal of the application."""
    if request.path == "/api/messages":  # no browser comes here
        return
    response.headers.update(
        {
            "Cache-Control": "no-store",
            "Content-Security-Policy": _policy(),
            "Referrer-Policy": "no-referrer",
            "Strict-Transport-Security": "max-age=31536000",
            "X-Content-Type-Options": "nosniff",
            "Server": "Almanac",
        }
    )


@cache
def _policy() -> str:
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        f"form-action 'self'; frame-ancestors {TEAMS}"
    )


def _block(sentence: str) -> str:
    if sentence.startswith("# "):
        return f"<h2>{escape(sentence[2:])}</h2>"
    return f"<p>{escape(sentence)}</p>"
