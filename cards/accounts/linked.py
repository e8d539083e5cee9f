"""A link in words: what is in step with what, how it stands, and what it asks.

The account card shows a few lines for each link, the card of a link says all of it; both take
their words from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cards.elements import Color, Element, words
from cards.parts import fact, fold, note
from cards.viewer import Reader
from cards.when import moment
from cards.wording import count, say
from services.model.accounts import AccountState, Link, SetAside
from services.model.books import Book, BookKind
from services.model.links import Direction

__all__ = [
    "GONE",
    "PREVIEW",
    "TOO_MANY",
    "Fate",
    "Linked",
    "facts",
    "fate_of_copies",
    "names",
    "question",
    "state",
]

GONE = "calendar_gone"
TOO_MANY = "too_many_deletions"
PREVIEW = "preview"
ASKS = frozenset({GONE, TOO_MANY, PREVIEW})
"""With these a link has a question of its own, and rests until it is answered."""


class Fate(StrEnum):
    """What becomes of the copies of a link that was let go."""

    KEPT = "kept"
    REMOVED = "removed"
    LATER = "later"
    """Once somebody has signed in again."""
    LEFT = "left"
    """They were to be removed, and Microsoft lets nobody in any more to do it."""


FATES = {
    Fate.KEPT: "The copies in your Outlook stay there; they no longer follow.",
    Fate.REMOVED: "The copies in your Outlook are being removed.",
    Fate.LATER: "Microsoft does not let Almanac in right now. The copies in your Outlook are "
    "removed within an hour of your signing in again.",
    Fate.LEFT: "Microsoft does not let Almanac in any more, so the copies stay in your Outlook. "
    "You can delete them there; to have them removed, connect again first, then disconnect.",
}
ARROWS = {
    Direction.BOTH: "↔",
    Direction.TO_OUTLOOK: "→",
    Direction.FROM_OUTLOOK: "←",
}
STATES: dict[str, tuple[str, Color]] = {
    GONE: ("Paused: the Outlook calendar is gone", "attention"),
    TOO_MANY: ("Paused: it would delete very much", "attention"),
    PREVIEW: ("Waiting for your start", "warning"),
    "throttled": ("Microsoft 365 asks to wait a little", "warning"),
    "unreachable": ("Microsoft 365 does not answer; it is asked again", "warning"),
    "no_mailbox": ("Microsoft 365 finds no mailbox of yours; it is asked again", "attention"),
    "sign_in_needed": ("Waiting for your sign-in", "attention"),
    "awaiting_approval": ("Waiting for your organisation's approval", "warning"),
}

LIST_STATES: dict[str, tuple[str, Color]] = {
    **STATES,
    GONE: ("Paused: the Outlook contact folder is gone", "attention"),
}
RESTS: tuple[str, Color] = ("Rests: what it was linked with is deleted", "warning")
"""While it can be had back, and until the link goes with it."""
BREAKS_OFF: tuple[str, Color] = ("Waiting: its last syncs broke off before their end", "warning")
GONE_CALENDAR = (
    "The calendar is gone from Outlook. Nothing was deleted here. Almanac can make it again with "
    "all that is here, or you let the link go."
)
GONE_LIST = (
    "The contact folder is gone from Outlook. Nothing was deleted here. Almanac can make it again "
    "with all that is here, or you let the link go."
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A link and what is needed to draw it."""

    link: Link
    book: Book | None
    """Named; ``None`` = it lies in the recycle bin, or its owner may not see it any more."""
    set_aside: Sequence[SetAside] = ()
    account: AccountState = AccountState.CONNECTED
    """Whether its account is open; nothing is synced while it is not."""
    next_at: datetime | None = None
    """When it is looked at next, at the latest; ``None`` = not before somebody does something."""
    breaks_off: bool = False
    """Whether its last syncs broke off before their end, all of them."""

    @property
    def is_list(self) -> bool:
        """Whether contacts are kept in step, and not events."""
        return self.book is not None and self.book.kind is BookKind.CONTACTS


def names(linked: Linked, language: str) -> str:
    """Return what is in step with what; the arrow shows the way."""
    ours = (linked.book and linked.book.name) or say(language, "A calendar")
    theirs = linked.link.calendar_name or say(language, "Calendar")
    return f"{fold(ours, 80)} {ARROWS[linked.link.settings.direction]} {fold(theirs, 80)}"


def state(linked: Linked, language: str) -> Element:
    """Return how the link stands, in a few words."""
    link, states = linked.link, LIST_STATES if linked.is_list else STATES
    problem = link.last_problem
    if problem not in ASKS and linked.account is not AccountState.CONNECTED:
        problem = linked.account.value  # whatever stood in its way before
    if linked.book is None and problem not in states:
        title, color = RESTS
    elif linked.breaks_off:
        title, color = BREAKS_OFF
    elif problem:
        title, color = states.get(problem, ("The last sync met a problem", "warning"))
    elif not link.calendar and linked.is_list:
        title, color = "Its Outlook contact folder is being made", "accent"
    elif not link.calendar:
        title, color = "Its Outlook calendar is being made", "accent"
    elif link.synced_at is None:
        title, color = "The first sync is on its way", "accent"
    elif link.tally.set_aside:
        title, color = "In step, but for what is set aside", "warning"
    else:
        title, color = "In step", "good"
    return words(say(language, title), color=color, spacing="small")


def facts(linked: Linked, reader: Reader) -> list[Element]:
    """Return when it last came to an end, when it comes again, and how its items stand."""
    language, link = reader.language, linked.link
    is_coming = linked.next_at is not None and not linked.breaks_off
    none = "Not yet: the first one is on its way." if is_coming else "Not yet."
    last = moment(link.synced_at, reader) if link.synced_at else say(language, none)
    found: list[Element] = [fact(say(language, "Last sync"), last)]
    begins = link.synced_at is None and is_coming
    if linked.next_at is not None and linked.book is not None and not begins:
        by = moment(linked.next_at, reader)
        found.append(
            fact(say(language, "Next sync"), say(language, "{when} at the latest", when=by))
        )
    if link.synced_at is None:
        return found
    tally = link.tally
    lines = [count(language, "1 item in step", "{n} items in step", tally.in_step)]
    if tally.waiting:
        lines.append(count(language, "1 is waiting", "{n} are waiting", tally.waiting))
    if tally.set_aside:
        lines.append(count(language, "1 is set aside", "{n} are set aside", tally.set_aside))
    return [*found, fact(say(language, "Items"), *lines)]


def fate_of_copies(language: str, fate: Fate) -> str:
    """Return what becomes of the copies in Outlook once nothing is kept in step any more."""
    return say(language, FATES[fate])


def question(linked: Linked, language: str) -> list[Element]:
    """Return what a paused link asks of its owner, with what would happen."""
    link = linked.link
    if link.last_problem == PREVIEW and link.preview is not None:
        seen = link.preview
        come = count(language, "1 item comes here", "{n} items come here", seen.come)
        go = count(language, "1 item goes to Outlook", "{n} items go to Outlook", seen.go)
        match = count(
            language, "1 is on both sides already", "{n} are on both sides already", seen.match
        )
        asked = say(language, "Nothing has been written yet. If you start:")
        return [
            note(asked, "warning"),
            *(words(f"• {each}", spacing="small") for each in (come, go, match)),
        ]
    if link.last_problem == TOO_MANY:
        return _deletions(link, language)
    if link.last_problem == GONE:
        told = GONE_LIST if linked.is_list else GONE_CALENDAR
        return [note(say(language, told), "warning")]
    return []


def _deletions(link: Link, language: str) -> list[Element]:
    told = say(
        language,
        "Very many items were deleted at once, so syncing has stopped before it does the same. "
        "Was that meant? Keeping them puts them back where they were deleted.",
    )
    found: list[Element] = [note(told, "warning")]
    if link.doomed is None:
        return found
    found.append(
        words(
            count(language, "1 item would go:", "{n} items would go:", link.doomed.count),
            weight="bolder",
        )
    )
    titles = [fold(title, 100) or say(language, "Without a title") for title in link.doomed.titles]
    found += [words(f"• {title}", spacing="small") for title in titles]
    if more := link.doomed.count - len(link.doomed.titles):
        found.append(words(count(language, "and 1 more", "and {n} more", more), spacing="small"))
    return found
