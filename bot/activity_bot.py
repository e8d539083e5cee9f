"""From an activity to its answer: read, route, reply.

``respond(body)`` takes the parsed JSON of an activity and returns what goes back in the HTTP
answer; messages go out through the connector meanwhile. ``on_turn(context)`` is the same for the
SDK's adapter. Whatever a handler raises becomes a sentence here: an invoke is never answered with
a 500, because Teams would show nothing at all.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answers import body_of, message_of, refusal, sort_out, spoken
from bot.connector import Connector
from bot.deliveries import Deliveries
from bot.errors import reply_to
from bot.happenings import read_happenings
from bot.marks import fingerprint, mark_of, marked
from bot.open_forms import OpenForms
from bot.reading import INVOKES, is_only_a_card, read_turn
from bot.replies import Card, Edit, PostAbout, Replace, Reply, Say
from bot.router import Router
from bot.turn import Ask, Happening, Turn, Way
from bot.wire import Json, Malformed, text
from services.model.books import Book
from services.model.conversations import Conversation
from services.model.errors import AlmanacError
from services.model.identity import ConversationId
from services.model.posts import Post
from services.model.times import Clock

__all__ = ["ActivityBot", "Answer"]

log = logging.getLogger(__name__)

HARMLESS = frozenset({Way.SEARCH, Way.CHOICES, Way.LINK, Way.OPEN, Way.COMPOSE})
"""Asked often, and harmless to answer twice."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back in the HTTP answer."""

    status: int
    body: dict[str, Any] | None = None


ACCEPTED = Answer(201)
Remember = Callable[[Post, Book], Awaitable[None]]
Prefer = Callable[[Turn], Awaitable[Turn]]


class ActivityBot:
    """The bot as the adapter sees it.

    Args:
        router: finds the handler.
        connector: sends messages.
        remember: keeps a post that is to follow what it shows.
        forms: knows which messages somebody is typing into.
        clock: the time.
        prefer: gives a turn the zone and language that its person has set.
    """

    def __init__(
        self,
        router: Router,
        connector: Connector,
        remember: Remember,
        forms: OpenForms,
        clock: Clock,
        prefer: Prefer | None = None,
    ) -> None:
        self._router = router
        self._prefer = prefer
        self._connector = connector
        self._remember = remember
        self._forms = forms
        self._clock = clock
        self._deliveries: Deliveries[Answer] = Deliveries(clock)

    async def respond(self, body: Json) -> Answer:
        """Answer one activity.

        Raises:
            Malformed: a message or an event that is not what Teams promises.
        """
        match body.get("type"):
            case "invoke":
                return await self._invoke(body)
            case "message":
                if is_only_a_card(body):
                    return ACCEPTED
                turn, ask = read_turn(body)
                return await self._once(turn, lambda: self._message(turn, ask))
            case "conversationUpdate" | "installationUpdate":
                for happening in read_happenings(body):
                    await self._happening(happening)
        return ACCEPTED  # reactions, typing, edits: nothing for us

    async def _invoke(self, body: Json) -> Answer:
        name = text(body, "name")
        if name not in INVOKES:
            return Answer(*refusal(None, 501, "NotImplemented", "There is no such invoke."))
        try:
            turn, ask = read_turn(body)
        except Malformed as err:
            way = Way.CARD if name == "adaptiveCard/action" else None
            return Answer(*refusal(way, 400, "BadRequest", str(err)))
        if turn.way is Way.CONSENT:  # what there is to say is said in the chat
            await self._once(turn, lambda: self._message(turn, ask))
            return Answer(200)
        if turn.way in HARMLESS:
            return await self._answer(turn, ask)
        return await self._once(turn, lambda: self._answer(turn, ask))

    async def _once(self, turn: Turn, work: Callable[[], Awaitable[Answer]]) -> Answer:
        if not turn.activity_id:
            return await work()
        person = turn.person
        name = f"{person.tenant}/{person.object_id}/{turn.conversation.id}/{turn.activity_id}"
        return await self._deliveries.once(name, work)

    async def _answer(self, turn: Turn, ask: Ask) -> Answer:
        try:
            turn = await self._preferred(turn)
            acts, answer = sort_out(await self._router.answer(turn, ask))
            body = body_of(turn.way, _with_mark(answer, acts, turn))
        except Exception as err:  # the last net: Teams shows nothing of a 500
            return Answer(200, body_of(turn.way, reply_to(err, turn.language, turn.way)))
        await self._act(turn.conversation, acts, turn)
        if isinstance(answer, Replace):
            self._forms.answered(turn, with_form=answer.is_form)
            if answer.about:
                await self._keep_pressed(turn, answer.about)
        return Answer(200, body)

    async def _message(self, turn: Turn, ask: Ask) -> Answer:
        try:
            turn = await self._preferred(turn)
            acts, answer = sort_out(await self._router.answer(turn, ask))
            acts += spoken(_with_mark(answer, acts, turn), beside=acts)
        except Exception as err:  # the last net, as above
            acts = spoken(reply_to(err, turn.language, turn.way))
        await self._act(turn.conversation, acts, turn)
        return ACCEPTED

    async def _preferred(self, turn: Turn) -> Turn:
        return turn if self._prefer is None else await self._prefer(turn)

    async def _happening(self, happening: Happening) -> None:
        try:
            acts, answer = sort_out(await self._router.happened(happening))
            acts += spoken(answer)
        except Exception as err:  # nobody asked: the log alone is told
            reply_to(err, happening.language, happening.change)
            return
        await self._act(happening.conversation, acts)

    async def _act(
        self, place: Conversation, acts: Sequence[Say | Edit], turn: Turn | None = None
    ) -> None:
        """Send what is to be sent; a failure is logged, for what was done stays done."""
        for act in acts:
            try:
                message = message_of(act, place, turn)
                if isinstance(act, Edit):
                    sent = await self._edit(place, act, message, turn)
                else:
                    sent = await self._send(place, message)
                if act.about and sent:
                    thread = turn.thread if turn else ""
                    await self._keep(place.id, sent, act.about, act.card, thread)
            except AlmanacError as err:
                reply_to(err, "en", "sending")

    async def _send(self, place: Conversation, message: dict[str, Any]) -> str:
        url, where = place.service_url, message["conversation"]["id"]
        if "replyToId" in message:
            return await self._connector.reply(url, where, message["replyToId"], message)
        return await self._connector.send(url, where, message)

    async def _edit(
        self, place: Conversation, edit: Edit, message: dict[str, Any], turn: Turn | None
    ) -> str:
        target = edit.activity_id or (turn.reply_to_id if turn else "")
        if not target:
            return await self._send(place, message)
        message.pop("replyToId", None)
        await self._connector.update(place.service_url, place.id, target, message | {"id": target})
        return target

    async def _keep_pressed(self, turn: Turn, about: PostAbout) -> None:
        """Remember what the message shows that was pressed; the answer does not hang on it."""
        try:
            if turn.reply_to_id:
                place = turn.conversation.id
                await self._keep(place, turn.reply_to_id, about, thread=turn.thread)
        except AlmanacError as err:
            reply_to(err, "en", "remembering")

    async def _keep(
        self,
        place: ConversationId,
        activity_id: str,
        about: PostAbout,
        card: Card | None = None,
        thread: str = "",
    ) -> None:
        """Remember a message; without a card, all others may still see an older one."""
        post = Post(
            conversation=place,
            activity_id=activity_id,
            book=about.book.id,
            item=about.item,
            days=about.days,
            drawn=fingerprint(card) if card else "",
            posted_at=self._clock.now(),
            thread=thread,
        )
        for book in (about.book, *about.also):
            await self._remember(replace(post, book=book.id), book)


def _with_mark(answer: Reply | None, acts: Sequence[Say | Edit], turn: Turn) -> Reply | None:
    """Return a view with the mark of the message that it takes the place of."""
    if not isinstance(answer, Replace):
        return answer
    shows = turn.shows
    for act in acts:
        if isinstance(act, Edit) and not act.activity_id:
            shows = mark_of(act)
    return replace(answer, card=marked(answer.card, shows))
