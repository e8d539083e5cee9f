"""Actions as buttons: :func:`press` answers in the card's place, :func:`window` opens a dialog.

Every flow works by :func:`press` alone. A window is offered second to it, in the menu of further
actions, since some clients open none. Inside a dialog only :func:`submit` works.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-actions
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from cards.action import Action
from cards.elements import Column, Execute, OpenUrl, Submit, TextBlock
from cards.parts import TOUCHED
from cards.text import clean

__all__ = ["ask", "call", "link", "link_column", "mail", "press", "submit", "tap", "window"]

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]")
_EXTENSION = re.compile(r"(?:;ext=|\bext\.?|\bx)\s*(?=\d)", re.I)
"""What stands before digits that are dialled once somebody has answered."""


def press(
    action: Action,
    title: str,
    *,
    tooltip: str | None = None,
    main: bool = False,
    grave: bool = False,
    more: bool = False,
    typed: Mapping[str, str] | None = None,
    form: bool = False,
) -> Execute:
    """Return a button that the bot answers with another card in this one's place.

    Args:
        action: what is asked for.
        title: the button's words.
        tooltip: what a screen reader and the mouse say beyond the title.
        main: the one button that most people want.
        grave: it takes something away.
        more: it goes into the menu of further actions.
        typed: values of a form to carry along.
        form: it sends the form's inputs; without it an unfinished form hinders nobody.
    """
    return Execute(
        title=title,
        tooltip=clean(tooltip) if tooltip else None,
        verb=action.verb,
        data={**(typed or {}), **action.to_data()},
        style="positive" if main else "destructive" if grave else None,
        mode="secondary" if more else None,
        inputs=None if form else "none",
    )


def tap(action: Action, title: str) -> Execute:
    """Return what happens when a line is pressed; ``title`` is its name for screen readers."""
    return Execute(title=clean(title), verb=action.verb, data=action.to_data())


def link_column(action: Action, name: str) -> Column:
    """Return a press that looks like a link, for a row of them: a card has room for six buttons."""
    label = TextBlock(text=name, color="accent", size="small", wrap=True)
    return Column(items=[label], width="auto", min_height=TOUCHED, action=tap(action, name))


def window(action: Action, title: str) -> Submit:
    """Return the further action that opens a dialog for the same thing."""
    data = {**action.to_data(), "msteams": {"type": "task/fetch"}}
    return Submit(title=title, data=data, mode="secondary", inputs="none")


def submit(action: Action, title: str) -> Submit:
    """Return the button of a dialog that sends its inputs."""
    return Submit(title=title, data=action.to_data(), style="positive")


def ask(action: Action, title: str) -> Submit:
    """Return a button of a dialog that sends its inputs to see more, and goes on with it."""
    return Submit(title=title, data=action.to_data())


def link(url: str, title: str, *, own: bool = False) -> OpenUrl | None:
    """Return a button that leads to a web page, or ``None`` for an address that is none.

    ``own`` is a page of this server: while it runs on one machine only, that is plain http.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    schemes = ("https", "http") if own else ("https",)
    if parts.scheme not in schemes or not parts.hostname or _SPACE.search(url):
        return None
    return OpenUrl(title=title, url=url)


def mail(address: str, title: str) -> OpenUrl:
    """Return what writes an e-mail."""
    return OpenUrl(title=title, url=f"mailto:{quote(address, safe='@')}")


def call(number: str, title: str) -> OpenUrl | None:
    """Return what dials a number, or ``None`` when there are no digits in it; RFC 3966."""
    whole = number.replace("(0)", "") if number.lstrip().startswith("+") else number
    outside, *inside = map(_dialled, _EXTENSION.split(whole, maxsplit=1))
    url = f"tel:{outside}" + "".join(f";ext={extension}" for extension in inside)
    return OpenUrl(title=title, url=url) if outside.strip("+") else None


def _dialled(written: str) -> str:
    return "".join(letter for letter in written if letter in "+0123456789")
