"""What each reader of a calendar view has been told, so that it can be told the rest.

A token stands for a frozen window and for the versions that its holder knows. The next round is
the difference to the present; tokens live here and say nothing themselves. One habit of the real
service matters most: a cancelled occurrence is not announced, its series is simply told again.
https://learn.microsoft.com/graph/api/event-delta
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime

from sandbox.contact_rounds import ContactRounds
from sandbox.folder_rounds import FolderRounds
from sandbox.items import Appearance, Item, appearance_of
from sandbox.mailbox import Mailbox
from sandbox.refusal import Refusal

__all__ = ["DeltaLog", "DeltaPage", "Edited", "Key", "Removed", "Window"]

Key = tuple[int, date | None]
"""Serial of an item, and the day of an occurrence."""
_KEPT_TOKENS = 5_000


@dataclass(frozen=True, slots=True)
class Window:
    """What a round looks at; frozen in its tokens."""

    calendar: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was told before and is no longer there, or no longer in the window."""

    key: Key


@dataclass(frozen=True, slots=True)
class Edited:
    """Something that was told before, to be told by what has changed of it alone."""

    now: Appearance
    before: Appearance


_Entry = Appearance | Edited | Removed


@dataclass(frozen=True, slots=True)
class DeltaPage:
    """A part of a round; one of the two tokens leads on."""

    entries: tuple[_Entry, ...]
    skip_token: str | None = None
    delta_token: str | None = None


@dataclass(frozen=True, slots=True)
class _State:
    window: Window
    told: Mapping[Key, Item]
    """What was told, as it was then."""
    newest: int
    """The last change that the holder could have been told of."""
    remaining: tuple[_Entry, ...] | None = None
    """Pages still to be fetched; ``None`` for the token between two rounds."""
    is_silent: bool = False
    """Whether it tells of nothing any more, nor do those that follow it."""


class DeltaLog:
    """The rounds of one mailbox.

    Attributes:
        contacts: the rounds over what is in contact folders.
        folders: the rounds over the list of contact folders.
        tells_parts: whether what was told before is told by what has changed of it alone.
        most_a_page: entries of a page, however many were preferred; ``None`` = as many.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        self.tells_parts = False
        self.most_a_page: int | None = None
        self.contacts = ContactRounds(mailbox.contacts)
        self.folders = FolderRounds(mailbox.contacts)
        self._mailbox = mailbox
        self._states: OrderedDict[str, _State] = OrderedDict()

    def over(self, mailbox: Mailbox) -> DeltaLog:
        """Return the same rounds as they look over a replica of the mailbox."""
        other = copy(self)
        other._mailbox = mailbox
        other.contacts = self.contacts.over(mailbox.contacts)
        other.folders = self.folders.over(mailbox.contacts)
        return other

    def begin(self, window: Window, size: int) -> DeltaPage:
        """Start a full round."""
        return self._round(window, {}, None, size)

    def resume(self, token: str, size: int) -> DeltaPage:
        """Go on with a round, or start the next one, as the token says.

        Raises:
            Refusal: 410 syncStateNotFound.
        """
        state = self._states.get(token)
        if state is None:
            raise Refusal(410, "syncStateNotFound", "The sync state generation is not found.")
        if state.remaining is None:
            if state.is_silent:
                return self._page(state, (), size)
            return self._round(state.window, state.told, state.newest, size)
        return self._page(state, state.remaining, size)

    def silence(self) -> None:
        """Let every token of today tell of nothing from now on, without a word."""
        for token, state in self._states.items():
            self._states[token] = replace(state, is_silent=True)
        self.contacts.silence()

    def expire(self) -> None:
        """Forget every token."""
        self._states.clear()
        self.contacts.expire()
        self.folders.expire()

    def _round(
        self, window: Window, told: Mapping[Key, Item], since: int | None, size: int
    ) -> DeltaPage:
        shown = self._present(window)
        entries: list[_Entry] = []
        for key, each in shown.items():
            known = told.get(key)
            if known is None or known.change != each.item.change:
                entries.append(self._news(each, known))
        entries += [Removed(key) for key in told if key not in shown and _is_told(key, shown)]
        items = self._mailbox.items(window.calendar)
        if since is not None:
            # What was written outside of the window is told as removed, though it never was in it.
            outside = ((item.serial, None) for item in items if item.change > since)
            entries += [Removed(key) for key in outside if key not in shown and key not in told]
        newest = max((item.change for item in items), default=since or 0)
        known_now = {key: each.item for key, each in shown.items()}
        return self._page(_State(window, known_now, newest), tuple(entries), size)

    def _news(self, now: Appearance, known: Item | None) -> _Entry:
        before = appearance_of(known, now.day) if known and self.tells_parts else None
        return Edited(now, before) if before and before.type == now.type else now

    def _present(self, window: Window) -> dict[Key, Appearance]:
        """Return what the window shows now; a series comes first with its master."""
        shown: dict[Key, Appearance] = {}
        for each in self._mailbox.between(window.calendar, window.start, window.end):
            if each.day is not None:
                shown.setdefault((each.item.serial, None), Appearance(each.item, each.item.content))
            shown[each.item.serial, each.day] = each
        return shown

    def _page(self, state: _State, entries: tuple[_Entry, ...], size: int) -> DeltaPage:
        size = min(size, self.most_a_page or size)
        if len(entries) > size:
            return DeltaPage(entries[:size], skip_token=self._keep(state, entries[size:]))
        return DeltaPage(entries, delta_token=self._keep(state, None))

    def _keep(self, state: _State, remaining: tuple[_Entry, ...] | None) -> str:
        token = secrets.token_urlsafe(48)
        self._states[token] = replace(state, remaining=remaining)
        while len(self._states) > _KEPT_TOKENS:
            self._states.popitem(last=False)
        return token


def _is_told(key: Key, shown: Mapping[Key, Appearance]) -> bool:
    """Say whether a loss is announced: not that of an occurrence whose series is still there."""
    serial, day = key
    return day is None or (serial, None) not in shown
