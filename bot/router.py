"""A table that leads from what somebody wants to the function that does it.

Each file of :mod:`bot.handlers` fills in its rows::

    def register(router: Router, events: Events) -> None:
        router.command(NewEvent, new_event)            # words, as services.phrases reads them
        router.verb(EventSave, save)                   # a button of a card
        router.dialog(EventEdit, open_form)            # a button that opens a dialog
        router.submit(EventSave, save_in_dialog)       # a button inside a dialog
        router.query("searchEvents", search)           # a search in the compose box
        router.action("newEvent", open=..., submit=..) # an action command
        router.choices("contacts", propose)            # a field of a card proposes what fits
        router.link(unfurl)                            # an address of ours was pasted
        router.happening(Change.INSTALLED, welcome)    # the life of a chat or team

A handler is ``async (turn, ask) -> Replies`` (see :mod:`bot.replies`) and may raise any
``AlmanacError``; :mod:`bot.errors` has the sentence for it. A row can be filled only once: two
files that claim the same verb are a bug that shows when the program starts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, Protocol, Self, TypeVar

from bot.files import Consent, SentFile
from bot.replies import Replies
from bot.turn import Ask, Change, Composing, Happening, Query, Turn, Way
from services.model.errors import Refused

__all__ = ["Action", "Outdated", "Router"]


class Action(Protocol):
    """What a button means: a subclass of :class:`cards.action.Action`."""

    verb: ClassVar[str]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Read it from what the button carried; ``KeyError``, ``ValueError`` if it cannot be."""


class Outdated(Refused):
    """A button, form or command that this version does not know, or cannot read."""


A = TypeVar("A", bound=Action)
C = TypeVar("C")
Handler = Callable[[Turn, Any], Awaitable[Replies]]


class Router:
    """The table. ``read`` understands words: a turn in, a command of services.phrases out."""

    def __init__(self, read: Callable[[Turn], object]) -> None:
        self._read = read
        self._commands: dict[type, Handler] = {}
        self._rows: dict[tuple[Way, str], Handler] = {}
        self._actions: dict[tuple[Way, str], type[Action]] = {}
        self._happenings: dict[Change, Callable[[Happening], Awaitable[Replies]]] = {}
        self._before: list[Callable[[Turn], Awaitable[None]]] = []

    def command(self, kind: type[C], handler: Callable[[Turn, C], Awaitable[Replies]]) -> None:
        """Words that mean a command of this type."""
        if kind in self._commands:
            raise ValueError(f"{kind.__name__} is taken")
        self._commands[kind] = handler

    def verb(self, kind: type[A], handler: Callable[[Turn, A], Awaitable[Replies]]) -> None:
        """A button of a card in a chat."""
        self._put_action(Way.CARD, kind, handler)

    def dialog(self, kind: type[A], handler: Callable[[Turn, A], Awaitable[Replies]]) -> None:
        """A button of a card that opens a dialog."""
        self._put_action(Way.OPEN, kind, handler)

    def submit(self, kind: type[A], handler: Callable[[Turn, A], Awaitable[Replies]]) -> None:
        """A button inside such a dialog; the inputs are in ``turn.value``."""
        self._put_action(Way.SUBMIT, kind, handler)

    def query(self, command_id: str, handler: Callable[[Turn, Query], Awaitable[Replies]]) -> None:
        """A search command of the compose box."""
        self._put(Way.SEARCH, command_id, handler)

    def choices(self, dataset: str, handler: Callable[[Turn, Query], Awaitable[Replies]]) -> None:
        """Somebody types into a field of a card: propose what fits from a set of data."""
        self._put(Way.CHOICES, dataset, handler)

    def action(
        self,
        command_id: str,
        *,
        open: Callable[[Turn, Composing], Awaitable[Replies]],
        submit: Callable[[Turn, Composing], Awaitable[Replies]],
    ) -> None:
        """An action command of the compose box or of a message's menu: its dialog, its end."""
        self._put(Way.COMPOSE, command_id, open)
        self._put(Way.COMPOSED, command_id, submit)

    def link(self, handler: Callable[[Turn, str], Awaitable[Replies]]) -> None:
        """An address of ours was pasted into a message."""
        self._put(Way.LINK, "", handler)

    def files(self, handler: Callable[[Turn, tuple[SentFile, ...]], Awaitable[Replies]]) -> None:
        """A message that brings files."""
        self._put(Way.FILE, "", handler)

    def consent(self, handler: Callable[[Turn, Consent], Awaitable[Replies]]) -> None:
        """A decision about a file that was offered."""
        self._put(Way.CONSENT, "", handler)

    def happening(self, change: Change, handler: Callable[[Happening], Awaitable[Replies]]) -> None:
        """Something happened to a place; a reply is posted there."""
        if change in self._happenings:
            raise ValueError(f"{change} is taken")
        self._happenings[change] = handler

    def before(self, hook: Callable[[Turn], Awaitable[None]]) -> None:
        """Run ``hook`` ahead of whatever a person asks: to notice new places and people."""
        self._before.append(hook)

    def extension_commands(self) -> frozenset[str]:
        """Return the ids of the messaging-extension commands; the manifest names the same."""
        ways = {Way.SEARCH, Way.COMPOSE}
        return frozenset(key for way, key in self._rows if way in ways)

    def verbs(self, way: Way) -> frozenset[str]:
        """Return every verb that leads somewhere by this way."""
        return frozenset(verb for its_way, verb in self._actions if its_way is way)

    async def answer(self, turn: Turn, ask: Ask) -> Replies:
        """Find the row and run it.

        Raises:
            Outdated: no row, or the button's data cannot be read.
        """
        for hook in self._before:
            await hook(turn)
        if ask.way is Way.CHAT:
            return await self._obey(turn)
        handler = self._rows.get((ask.way, ask.key))
        if handler is None:
            raise Outdated(ask.key)
        return await handler(turn, self._detail(turn, ask))

    async def happened(self, happening: Happening) -> Replies:
        """Run what is registered for a happening; most need nothing."""
        handler = self._happenings.get(happening.change)
        return await handler(happening) if handler else None

    async def _obey(self, turn: Turn) -> Replies:
        command = self._read(turn)
        handler = self._commands.get(type(command))
        if handler is None:
            raise Outdated(type(command).__name__)
        return await handler(turn, command)

    def _detail(self, turn: Turn, ask: Ask) -> object:
        kind = self._actions.get((ask.way, ask.key))
        if kind is None:
            return ask.detail
        try:
            return kind.from_data(turn.value)
        except (KeyError, TypeError, ValueError) as err:
            raise Outdated(ask.key) from err

    def _put_action(self, way: Way, kind: type[Action], handler: Handler) -> None:
        self._put(way, kind.verb, handler)
        self._actions[way, kind.verb] = kind

    def _put(self, way: Way, key: str, handler: Handler) -> None:
        if (way, key) in self._rows:
            raise ValueError(f"{way} {key!r} is taken")
        self._rows[way, key] = handler
