"""An activity of Teams, as parsed JSON, becomes a turn with what is asked.

:func:`read_turn` serves messages and invokes; what merely happened to a place is read in
:mod:`bot.happenings`. The gate has checked the sender, not the shape: what is missing or of a
wrong type raises :class:`Malformed`. People are known by their Entra id (``aadObjectId``), never
by the ``29:`` id, which Teams makes anew for every bot.

Reference: https://learn.microsoft.com/microsoftteams/platform/resources/bot-v3/bots-conversations
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from bot.files import read_consent, read_files
from bot.marks import SHOWS
from bot.places import read_person, read_place
from bot.turn import Ask, Composing, Query, QuotedMessage, Trigger, Turn, Way
from bot.wire import Json, Malformed, items, needed, number, part, text
from services.model.conversations import Conversation
from services.model.errors import UnknownZone
from services.model.times import zone_named

__all__ = ["INVOKES", "client_language", "client_zone", "is_only_a_card", "read_turn"]

UTC_ZONE = ZoneInfo("UTC")
MOST_RESULTS = 25
MOST_CHOICES = 15
"""That a field of a card shows."""
TAG = re.compile(r"<[^<>]{0,2000}>")
LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h\d|blockquote)>", re.I)
MENTION_TAG = re.compile(r"</?at\b[^<>]{0,200}>")
INLINE_CARD = "inline-compose-card"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def read_turn(body: Json) -> tuple[Turn, Ask]:
    """Return who asks and what, from a message or an invoke.

    Raises:
        Malformed: a field is missing or of a wrong type, or an invoke is not one of ours.
    """
    value = body.get("value")
    if body.get("type") == "invoke":
        ask, data, trigger = INVOKES[text(body, "name")](part(body, "value"))
    elif isinstance(value, dict) and isinstance(value.get("verb"), str):
        ask, data, trigger = Ask(Way.CARD, value["verb"]), value, Trigger.MANUAL
    elif files := read_files(body):
        ask, data, trigger = Ask(Way.FILE, "", files), {}, Trigger.MANUAL
    else:
        ask, data, trigger = Ask(Way.CHAT), {}, Trigger.MANUAL
    return _turn(body, ask, data, trigger), ask


def is_only_a_card(body: Json) -> bool:
    """Return whether a message is nothing but a card that somebody put into it."""
    words = text(body, "text")
    return INLINE_CARD in words and not TAG.sub("", words).strip() and "value" not in body


def _turn(body: Json, ask: Ask, data: Json, trigger: Trigger) -> Turn:
    sender = part(body, "from")
    place = read_place(body)
    person = read_person(sender, body)
    return Turn(
        person=person,
        name=text(sender, "name"),
        teams_id=text(sender, "id"),
        conversation=place,
        zone=client_zone(body),
        language=client_language(body),
        way=ask.way,
        text=_words(body) if ask.way is Way.CHAT else "",
        value=data,
        activity_id=text(body, "id"),
        reply_to_id=text(body, "replyToId"),
        shows=text(data, SHOWS),
        trigger=trigger,
        thread=_thread(body, place),
    )


def client_zone(body: Json) -> ZoneInfo:
    """Return the zone of the sender's client; UTC where it names none that is known."""
    for source, key in ((body, "localTimezone"), (_client(body), "timezone")):
        name = source.get(key)
        if isinstance(name, str) and name:
            try:
                return zone_named(name)
            except UnknownZone:
                continue
    return UTC_ZONE


def client_language(body: Json) -> str:
    """Return the language of the sender's client as a tag, ``en`` where it names none."""
    for source in (body, _client(body)):
        tag = source.get("locale")
        if isinstance(tag, str) and LANGUAGE.fullmatch(tag):
            return tag
    return "en"


def _client(body: Json) -> Json:
    for entity in items(body, "entities"):
        if entity.get("type") == "clientInfo":
            return entity
    return {}


def _words(body: Json) -> str:
    """Return the text without the bot's own mention; other people's names stay."""
    words = text(body, "text")
    if not words:
        return ""
    bot = text(part(body, "recipient"), "id")
    for entity in items(body, "entities"):
        if entity.get("type") == "mention" and text(part(entity, "mentioned"), "id") == bot:
            spoken = text(entity, "text")
            words = words.replace(spoken, " ") if spoken else words
    if "<" in words:
        words = MENTION_TAG.sub(" ", words)
    return " ".join(html.unescape(words).split())


def _thread(body: Json, place: Conversation) -> str:
    whole = text(part(body, "conversation"), "id")
    return whole[len(place.id) :].removeprefix(";messageid=")


# -- invokes ---------------------------------------------------------------------------------

Read = tuple[Ask, Json, Trigger]


def _card_action(value: Json) -> Read:
    action = part(value, "action")
    if action.get("type") != "Action.Execute":
        raise Malformed("action.type must be Action.Execute")
    verb = needed(action, "verb")
    automatic = value.get("trigger") == "automatic"
    trigger = Trigger.AUTOMATIC if automatic else Trigger.MANUAL
    return Ask(Way.CARD, verb), {**part(action, "data"), "verb": verb}, trigger


def _dialog(way: Way) -> Callable[[Json], Read]:
    def read(value: Json) -> Read:
        data = part(value, "data")
        return Ask(way, needed(data, "verb")), data, Trigger.MANUAL

    return read


def _query(value: Json) -> Read:
    command = needed(value, "commandId")
    parameters = {text(p, "name"): p.get("value") for p in items(value, "parameters")}
    initial = str(parameters.pop("initialRun", "")).lower() == "true"
    typed = next((v for v in parameters.values() if isinstance(v, str)), "")
    options = part(value, "queryOptions")
    query = Query(
        command_id=command,
        text=" ".join(typed.split()),
        skip=number(options, "skip", 0),
        count=min(number(options, "count", MOST_RESULTS) or MOST_RESULTS, MOST_RESULTS),
        initial=initial,
    )
    return Ask(Way.SEARCH, command, query), value, Trigger.MANUAL


def _choices(value: Json) -> Read:
    dataset, _, of = needed(value, "dataset").partition("?")
    options = part(value, "queryOptions")
    query = Query(
        command_id=dataset,
        text=" ".join(text(value, "queryText").split()),
        skip=number(options, "skip", 0),
        count=min(number(options, "top", MOST_CHOICES) or MOST_CHOICES, MOST_CHOICES),
        of=of,
    )
    return Ask(Way.CHOICES, dataset, query), value, Trigger.MANUAL


def _compose(way: Way) -> Callable[[Json], Read]:
    def read(value: Json) -> Read:
        command = needed(value, "commandId")
        composing = Composing(
            command_id=command,
            context=text(value, "commandContext") or "compose",
            message=_quoted(part(value, "messagePayload")),
        )
        data = part(value, "data") if way is Way.COMPOSED else {}
        return Ask(way, command, composing), data, Trigger.MANUAL

    return read


def _quoted(payload: Json) -> QuotedMessage | None:
    if not payload:
        return None
    body = part(payload, "body")
    words = text(body, "content")
    lines = words
    if text(body, "contentType") == "html":
        lines = html.unescape(TAG.sub(" ", LINE_END.sub("\n", words)))
        words = html.unescape(TAG.sub(" ", words))
    sender = part(part(payload, "from"), "user")
    return QuotedMessage(
        text=" ".join(words.split()),
        sender=text(sender, "displayName"),
        link=text(payload, "linkToMessage"),
        lines="\n".join(" ".join(line.split()) for line in lines.splitlines()),
        mentioned=tuple(_mentioned(payload)),
    )


def _mentioned(payload: Json) -> Iterator[tuple[str, str]]:
    """Yield the people among those who are mentioned; an app has no user's id."""
    for mention in items(payload, "mentions"):
        user = part(part(mention, "mentioned"), "user")
        if text(user, "id"):
            yield text(user, "id"), text(user, "displayName") or text(mention, "mentionText")


def _link(value: Json) -> Read:
    return Ask(Way.LINK, "", needed(value, "url")), value, Trigger.MANUAL


def _consent(value: Json) -> Read:
    return Ask(Way.CONSENT, "", read_consent(value)), {}, Trigger.MANUAL


INVOKES: dict[str, Callable[[Json], Read]] = {
    "adaptiveCard/action": _card_action,
    "task/fetch": _dialog(Way.OPEN),
    "task/submit": _dialog(Way.SUBMIT),
    "fileConsent/invoke": _consent,
    "application/search": _choices,
    "composeExtension/query": _query,
    "composeExtension/queryLink": _link,
    "composeExtension/fetchTask": _compose(Way.COMPOSE),
    "composeExtension/submitAction": _compose(Way.COMPOSED),
}
"""Every invoke that is answered; any other name is "not implemented"."""
