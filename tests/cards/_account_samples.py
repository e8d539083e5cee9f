"""An account, its links, and what administrators do, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cards.accounts.account import (
    account_card,
    connect_card,
    connect_contacts_card,
    disconnect_question,
    disconnected_card,
)
from cards.accounts.approval import approval_card
from cards.accounts.link_form import link_form, link_values
from cards.accounts.linked import Fate, Linked
from cards.accounts.links import link_card, offers_card, unlink_question, unlinked_card
from cards.accounts.progress import progress_card
from cards.elements import Card
from cards.form import Mode
from cards.people.administration import (
    admin_card,
    done_for_card,
    end_question,
    erase_for_question,
    export_for_question,
)
from services.model.accounts import AccountState, Link, RemoteId, SetAside
from services.model.administration import AdminDeed, AdminEntry
from services.model.books import BookId
from services.model.errors import Problem, Wrong
from services.model.identity import ObjectId
from services.model.links import Direction, Doomed, LinkSettings, Preview, Privacy, Tally
from tests._builders import (
    a_book,
    a_link,
    an_account,
)
from tests.cards._subjects import (
    ARABIC,
    BEN,
    BOOK,
    HOSTILE,
    INES,
    LIST,
    LONG,
    NOW,
)

__all__ = ["account_samples"]

SOON = NOW + timedelta(minutes=17)
OPEN = AccountState.CONNECTED


def account_samples() -> dict[str, Callable[[], Card]]:
    """Return a table of cards by name."""
    return {**_account(), **_links(), **_administration()}


def _account() -> dict[str, Callable[[], Card]]:
    tally = Tally(in_step=128, waiting=2, set_aside=1)
    asides = [
        SetAside("Review with Ines", "ErrorQuotaExceeded"),
        SetAside("Walk", "rule", is_unread=True),
        SetAside(LONG, ""),
        SetAside("Fair", "times", is_unread=True),
    ]
    in_step = a_link(synced_at=NOW, tally=tally)
    synced = Linked(in_step, BOOK, asides[:1], next_at=SOON)
    held = Linked(a_link(synced_at=NOW, tally=Tally(40, 0, 4)), LIST, asides, next_at=SOON)
    broken = Linked(a_link(calendar_name="", last_problem="calendar_gone", active=False), None)
    binned = Linked(a_link(synced_at=NOW, tally=tally), None)
    begun = Linked(a_link(), BOOK, next_at=SOON)
    odd = Linked(a_link(last_problem="something_else"), a_book(name=HOSTILE), next_at=SOON)
    emptied = Linked(a_link(last_problem="too_many_deletions", active=False), a_book(name=LONG))
    resting = an_account(not_before=NOW)
    states = {state.value: an_account(state=state) for state in AccountState}
    return {
        **{
            f"account-{name.replace('_', '-')}": lambda account=account: account_card(  # type: ignore[misc]
                account,
                [
                    synced
                    if account.state is OPEN
                    else Linked(in_step, BOOK, asides[:1], account.state)
                ],
                INES,
            )
            for name, account in states.items()
        },
        "account-aside": lambda: account_card(an_account(), [synced, held], INES),
        "account-none": lambda: account_card(None, [], INES),
        "account-broken": lambda: account_card(an_account(), [broken, odd], INES, said="Started."),
        "account-emptied": lambda: account_card(an_account(), [emptied], INES),
        "account-binned": lambda: account_card(an_account(), [binned, begun], INES),
        "account-breaks-off": lambda: account_card(
            an_account(), [replace(each, breaks_off=True) for each in (synced, begun)], INES
        ),
        "account-resting": lambda: account_card(resting, [synced, emptied, broken], INES),
        "approval": lambda: approval_card(
            "https://almanac.example/auth/approve?tenant=t&state=approval-1", INES
        ),
        "account-awaits-more": lambda: account_card(an_account(awaits_more=True), [], INES),
        "account-waiting": lambda: account_card(
            an_account(state=AccountState.AWAITING_APPROVAL, username=""), [], INES
        ),
        "connect": lambda: connect_card("https://almanac.example/auth/start?state=s", INES),
        "connect-demo": lambda: connect_card("http://127.0.0.1:3978/auth/start?state=s", INES),
        "connect-nowhere": lambda: connect_card("javascript:alert(1)", INES),
        "disconnect": lambda: disconnect_question(INES),
        "disconnected-kept": lambda: disconnected_card(INES, Fate.KEPT),
        "disconnected-removed": lambda: disconnected_card(INES, Fate.REMOVED),
        "disconnected-left": lambda: disconnected_card(INES, Fate.LEFT),
    }


def _links() -> dict[str, Callable[[], Card]]:
    plain = a_link(synced_at=NOW, tally=Tally(in_step=128), calendar_name="Harbour (Almanac)")
    new = replace(plain, synced_at=None, calendar=RemoteId(""))
    full = replace(
        plain, synced_at=None, active=False, last_problem="preview", preview=Preview(412, 12, 3)
    )
    titles = ("Stand-up", HOSTILE, LONG, ARABIC, "")
    emptied = replace(plain, active=False, last_problem="too_many_deletions")
    aside = [
        SetAside("Lunch", "ErrorAccessDenied"),
        SetAside(HOSTILE, "ErrorOdd"),
        SetAside("", ""),
        SetAside("Fair", "times", is_unread=True),
        SetAside("", "shape", is_unread=True),
    ]
    values = link_values(LinkSettings())
    picky = LinkSettings(
        direction=Direction.FROM_OUTLOOK,
        privacy=Privacy.BUSY_ONLY,
        category=HOSTILE,
        busy_only=True,
        reminders=False,
        days_back=0,
        days_ahead=1000,
    )
    outlooks = [(RemoteId("c1"), "Private"), (RemoteId("c2"), HOSTILE), (RemoteId("c3"), "")]

    def of(link: Link) -> Linked:
        return Linked(link, BOOK, next_at=SOON if link.active else None)

    return {
        "link": lambda: link_card(of(plain), INES, said="Saved."),
        "link-new": lambda: link_card(of(new), INES),
        "link-preview": lambda: link_card(of(full), INES),
        "link-emptied": lambda: link_card(
            of(replace(emptied, doomed=Doomed(37, titles, "k"))), INES
        ),
        "link-emptied-few": lambda: link_card(
            of(replace(emptied, doomed=Doomed(11, ("Lunch",) * 11, "k"))), INES
        ),
        "link-emptied-unknown": lambda: link_card(of(emptied), INES),
        "link-gone": lambda: link_card(of(replace(plain, last_problem="calendar_gone")), INES),
        "link-set-aside": lambda: link_card(
            Linked(replace(plain, tally=Tally(120, 3, 3)), BOOK, aside, next_at=SOON), INES
        ),
        "link-set-aside-many": lambda: link_card(
            replace(of(replace(plain, tally=Tally(120, 0, 8))), set_aside=[*aside, *aside[:3]]),
            INES,
        ),
        "link-hostile": lambda: link_card(
            replace(of(replace(plain, calendar_name=HOSTILE)), book=a_book(name=HOSTILE)), BEN
        ),
        "progress": lambda: progress_card("Harbour (Almanac)", 128, 412, plain.id, INES),
        "progress-hostile": lambda: progress_card(HOSTILE, 1, 9000, plain.id, INES),
        "progress-done": lambda: progress_card("", 412, 412, plain.id, INES),
        "link-offers": lambda: offers_card(
            [BOOK, a_book(id=BookId("book-2"), name=HOSTILE), LIST], outlooks, INES
        ),
        "link-contacts": lambda: connect_contacts_card(
            "https://almanac.example/auth/start?state=s", INES
        ),
        "link-offers-none": lambda: offers_card([], outlooks, INES),
        "link-remove": lambda: unlink_question(of(plain), INES),
        "link-list-remove": lambda: unlink_question(Linked(plain, LIST), INES),
        "link-list-new": lambda: link_card(replace(of(new), book=LIST), INES),
        "link-list-gone": lambda: link_card(
            Linked(replace(plain, last_problem="calendar_gone"), LIST), INES
        ),
        "link-list-form": lambda: link_form(Linked(plain, LIST), values, INES),
        "link-removed-kept": lambda: unlinked_card(INES, Fate.KEPT),
        "link-removed": lambda: unlinked_card(INES, Fate.REMOVED),
        "link-removed-later": lambda: unlinked_card(INES, Fate.LATER),
        "link-form": lambda: link_form(of(plain), values, INES),
        "link-form-dialog": lambda: link_form(
            of(plain), link_values(picky), INES, mode=Mode.DIALOG
        ),
        "link-form-wrong": lambda: link_form(
            of(plain),
            values | {"days_back": "99999", "direction": "sideways"},
            INES,
            problems=[
                Problem("days_back", Wrong.NOT_A_CHOICE),
                Problem("direction", Wrong.NOT_A_CHOICE),
            ],
        ),
    }


def _administration() -> dict[str, Callable[[], Card]]:
    mara = ObjectId("8a1d6c3f-7b52-4e0e-9c47-d35b0e82f614")
    ines = ObjectId("c47f9e20-1d6b-4a83-8f15-60b2a9d7c3e8")
    deeds = [AdminEntry(at=NOW, by=mara, deed=deed, whom=ines) for deed in AdminDeed]
    fetch = "https://almanac.example/export/t"
    return {
        "admin": lambda: admin_card(deeds, None, INES, said="Nothing is erased."),
        "admin-ending": lambda: admin_card([], NOW, INES),
        "admin-export": lambda: export_for_question(ines, "Ines Moreau", INES),
        "admin-erase": lambda: erase_for_question(ines, "", INES),
        "admin-erase-hostile": lambda: erase_for_question(ines, HOSTILE, INES),
        "admin-end": lambda: end_question(30, INES),
        "admin-exported": lambda: done_for_card("export_ready", ines, fetch, 24, INES),
        "admin-failed": lambda: done_for_card("export_failed", ines, "", 24, INES),
        "admin-erased": lambda: done_for_card("erased", ines, "", 24, INES),
    }
