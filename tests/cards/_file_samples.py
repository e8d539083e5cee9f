"""Files, feeds and subscriptions, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from cards.elements import Card
from cards.files.export_card import export_card, export_choice, file_put_away
from cards.files.feed_card import feed_card, feed_offer
from cards.files.import_card import (
    SNAGS,
    import_begun,
    import_help,
    import_preview,
    imported_card,
)
from cards.files.import_doubles import doubles_card
from cards.files.subscription_card import (
    subscribe_help,
    subscribed_card,
    subscription_question,
    subscriptions_card,
)
from cards.viewer import Everyone, Viewer
from services.model.access import Role
from services.model.books import BookKind
from services.model.feeds import Feed, FeedState, Subscription
from services.model.imports import Double, Doubles, DoublesPage, Imported, Preview, Trouble
from tests._builders import BERLIN, a_book, a_contact_list, a_person

__all__ = ["file_samples"]

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
INES = Viewer(BERLIN, "en", Role.EDITOR)
GUEST = Viewer(BERLIN, "en", Role.READER)
BOOK = a_book(name="Harbour design")
URL = "https://almanac.example/feeds/" + "k" * 43 + ".ics"
PREVIEW = Preview(
    book=BOOK,
    kind=BookKind.CALENDAR,
    file="season 2027.xlsx",
    token="t",
    new=41,
    changed=3,
    same=12,
    gone=1,
    titles=("Opening night", "Fitting", "Dress rehearsal", "Photo call", "Party"),
    troubles=(),
)
PEOPLE = replace(
    PREVIEW,
    book=a_contact_list(name="Customers"),
    kind=BookKind.CONTACTS,
    file="contacts.csv",
    gone=0,
    titles=("Ada Byron", "Robin Miller"),
    doubles=tuple(Double(n, "Ada Byron", "Byron, Ada") for n in range(2, 12)),
)
FEED = Feed(person=a_person("Ines"), book=BOOK.id, secret="s", made_at=NOW)
CLUB = Subscription(
    id="f1",
    book=BOOK.id,
    url="https://club.example/x.ics",
    name="Rowing club",
    by=a_person("Ines"),
    by_name="Ines",
    made_at=NOW,
    read_at=NOW,
    events=42,
    state=FeedState.FINE,
)

PAIRS = tuple(
    Double(row, f"Ada Byron {row}", "Byron, Ada", choice)
    for row, choice in zip(range(18, 26), [*Doubles, *Doubles, *Doubles], strict=False)
)


def file_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    troubles = tuple(Trouble(n, "Stage meeting", snag) for n, snag in enumerate(SNAGS, start=2))
    worst = (Trouble(7, hostile, next(iter(SNAGS))), Trouble(8, long, next(iter(SNAGS))))
    states = [replace(CLUB, id=state.value, state=state, left_out=3) for state in FeedState]
    return {
        "import-help": lambda: import_help(INES, is_personal=True),
        "import-help-elsewhere": lambda: import_help(Everyone(BOOK), is_personal=False),
        "import-preview": lambda: import_preview(PREVIEW, INES),
        "import-preview-choice": lambda: import_preview(
            PREVIEW, INES, [BOOK, a_book(id="b2", name=hostile), a_book(id="b3", name=long)]
        ),
        "import-preview-troubles": lambda: import_preview(
            replace(PREVIEW, troubles=troubles, notes=("sheet:Staff", "heading:3", "day_first")),
            INES,
        ),
        "import-preview-hostile": lambda: import_preview(
            replace(
                PREVIEW,
                book=a_book(name=hostile),
                file=hostile,
                titles=(hostile, long),
                troubles=worst,
                notes=(f"unread:{hostile}, {long}",),
            ),
            INES,
        ),
        "import-preview-nothing": lambda: import_preview(
            replace(PREVIEW, new=0, changed=0, gone=0, titles=()), INES
        ),
        "import-help-contacts": lambda: import_help(INES, is_personal=True, kind=BookKind.CONTACTS),
        "import-help-contacts-elsewhere": lambda: import_help(
            Everyone(BOOK), is_personal=False, kind=BookKind.CONTACTS
        ),
        "import-preview-doubles": lambda: import_preview(PEOPLE, INES),
        "import-preview-doubles-hostile": lambda: import_preview(
            replace(
                PEOPLE,
                choice=Doubles.SKIP,
                dropped=2,
                doubles=(Double(2, hostile, long), Double(3, long, hostile)),
            ),
            INES,
            [PEOPLE.book, a_contact_list(id="l2", name=hostile)],
        ),
        "import-preview-one-by-one": lambda: import_preview(
            replace(PEOPLE, doubles=(Double(2, "Ada", "Ada B.", Doubles.ADD), Double(3, "E", "E"))),
            INES,
        ),
        "import-doubles": lambda: doubles_card(
            PEOPLE.book.id, "t", DoublesPage(PAIRS, 8, 2_400, 8), INES
        ),
        "import-doubles-hostile": lambda: doubles_card(
            PEOPLE.book.id, "t", DoublesPage((Double(7, hostile, long),), 0, 1, 8), INES
        ),
        "import-begun-reading": lambda: import_begun(BOOK, INES, 12_500),
        "import-begun-writing": lambda: import_begun(BOOK, INES, 4_000, 48_100),
        "import-done-contacts": lambda: imported_card(
            replace(PEOPLE.book, name=""), Imported(41, 3), INES
        ),
        "import-begun": lambda: import_begun(BOOK, INES),
        "import-done": lambda: imported_card(BOOK, Imported(41, 3, 12, 1, 2), INES),
        "import-done-hostile": lambda: imported_card(a_book(name=hostile), Imported(1), INES),
        "feed-hostile": lambda: feed_card(a_book(name=hostile), FEED, INES),
        "feed-offer-hostile": lambda: feed_offer(a_book(name=hostile), Everyone(BOOK)),
        "subscribed-hostile": lambda: subscribed_card(BOOK, replace(CLUB, name=hostile), INES),
        "subscription-end-hostile": lambda: subscription_question(
            BOOK, replace(CLUB, name=hostile), INES
        ),
        "import-done-all": lambda: imported_card(BOOK, Imported(41), Everyone(BOOK)),
        "export-choice": lambda: export_choice(BOOK, INES),
        "export-choice-hostile": lambda: export_choice(a_book(name=hostile), Everyone(BOOK)),
        "export-link": lambda: export_card("Harbour.xlsx", URL, 24, INES),
        "export-nowhere": lambda: export_card(hostile, "javascript:alert(1)", 24, INES),
        "export-declined": lambda: file_put_away(INES),
        "feed-offer": lambda: feed_offer(BOOK, Everyone(BOOK)),
        "feed-none": lambda: feed_card(BOOK, None, INES),
        "feed-made": lambda: feed_card(BOOK, FEED, INES, url=URL),
        "feed": lambda: feed_card(a_book(name=long), FEED, INES),
        "feed-busy": lambda: feed_card(BOOK, replace(FEED, busy_only=True), INES),
        "subscribe-help": lambda: subscribe_help(INES),
        "subscribed": lambda: subscribed_card(BOOK, CLUB, Everyone(BOOK)),
        "subscriptions": lambda: subscriptions_card(BOOK, [CLUB, *states], INES),
        "subscriptions-reader": lambda: subscriptions_card(BOOK, [CLUB], GUEST),
        "subscriptions-none": lambda: subscriptions_card(BOOK, [], INES),
        "subscriptions-hostile": lambda: subscriptions_card(
            a_book(name=hostile), [replace(CLUB, name=hostile), replace(CLUB, name=long)], INES
        ),
        "subscription-end": lambda: subscription_question(BOOK, replace(CLUB, events=1), INES),
    }
