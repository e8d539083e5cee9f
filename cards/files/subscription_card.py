"""The calendars of others that are shown in ours: which, how they stand, and how one is ended."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import press
from cards.elements import ActionSet, Card, Container, Element, card, words
from cards.events.event_actions import AgendaShow
from cards.files.file_actions import (
    SubscriptionEnd,
    SubscriptionEndYes,
    SubscriptionNow,
    SubscriptionsShow,
)
from cards.parts import fold, heading, note, quoting, small
from cards.viewer import Reader
from cards.when import moment
from cards.wording import count, say
from services.model.books import Book, Role
from services.model.feeds import FeedState, Subscription

__all__ = ["subscribe_help", "subscribed_card", "subscription_question", "subscriptions_card"]

MOST_SHOWN = 20
STATES = {
    FeedState.WAITING: "Not read yet",
    FeedState.FINE: "",
    FeedState.UNREACHABLE: "It does not answer at the moment",
    FeedState.UNREADABLE: "What is there now is no calendar",
    FeedState.TOO_LARGE: "It has become too large to be read",
}


def subscribe_help(reader: Reader) -> Card:
    """Return how to subscribe."""
    language = reader.language
    title = say(language, "Subscribe to a calendar")
    told = say(
        language,
        "Write “subscribe https://…” with the address of a calendar (.ics), as Outlook, Google or "
        "a sports club publishes it. Its events are shown here, and looked at again each hour.",
    )
    return card([heading(title), words(told)], language=language, fallback=title)


def subscribed_card(book: Book, subscription: Subscription, reader: Reader) -> Card:
    """Return that a calendar is shown now."""
    language = reader.language
    title = say(language, "“{name}” is shown here now", name=fold(subscription.name, 80))
    body: list[Element] = [quoting(title), *_facts(subscription, reader)]
    buttons = [
        press(AgendaShow(book.id), say(language, "Show the agenda")),
        press(SubscriptionsShow(book.id), say(language, "All subscriptions")),
    ]
    return card(body, buttons, language=language, fallback=title)


def subscriptions_card(book: Book, found: Sequence[Subscription], reader: Reader) -> Card:
    """Return all subscriptions of a calendar."""
    language = reader.language
    name = fold(book.name, 80) or say(language, "Calendar")
    title = say(language, "Subscriptions of {name}", name=name)
    body: list[Element] = [quoting(title)]
    if not found:
        body.append(words(say(language, "There are none. Write “subscribe https://…”.")))
    for subscription in found[:MOST_SHOWN]:
        body.append(_row(book, subscription, reader))
    return card(body, language=language, fallback=title)


def subscription_question(book: Book, subscription: Subscription, reader: Reader) -> Card:
    """Return the question before a subscription ends."""
    language = reader.language
    title = say(language, "No longer show “{name}”?", name=fold(subscription.name, 80))
    told = count(
        language,
        "Its one event is taken away here.",
        "Its {n} events are taken away here.",
        subscription.events,
    )
    yes = press(
        SubscriptionEndYes(book.id, subscription.id), say(language, "Unsubscribe"), grave=True
    )
    no = press(SubscriptionsShow(book.id), say(language, "Keep it"))
    return card([quoting(title), words(told)], [yes, no], language=language, fallback=title)


def _row(book: Book, subscription: Subscription, reader: Reader) -> Element:
    language = reader.language
    items: list[Element] = [
        words(fold(subscription.name, 80), weight="bolder"),
        *_facts(subscription, reader),
    ]
    if reader.may(Role.EDITOR):
        name = fold(subscription.name, 60)
        now = press(
            SubscriptionNow(book.id, subscription.id),
            say(language, "Read again"),
            tooltip=say(language, "Read {name} again", name=name),
        )
        end = press(
            SubscriptionEnd(book.id, subscription.id),
            say(language, "Unsubscribe"),
            tooltip=say(language, "Unsubscribe from {name}", name=name),
        )
        items.append(ActionSet(actions=[now, end], spacing="small"))
    return Container(items=items, spacing="large", separator=True)


def _facts(subscription: Subscription, reader: Reader) -> list[Element]:
    language = reader.language
    events = count(language, "{n} event", "{n} events", subscription.events)
    if subscription.left_out:
        left = count(language, "{n} left out", "{n} left out", subscription.left_out)
        events = f"{events}, {left}"
    said: list[Element] = [small(events)]
    if subscription.read_at is not None:
        when = moment(subscription.read_at, reader)
        said.append(small(say(language, "Last read {when}", when=when)))
    if problem := STATES[subscription.state]:
        said.append(note(say(language, problem), "warning"))
    return said
