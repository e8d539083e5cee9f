"""How a link stands, in words."""

from __future__ import annotations

import pytest

from cards.accounts.account import account_card
from cards.accounts.linked import Linked
from services.model.accounts import AccountState
from tests._builders import a_book, a_link, an_account
from tests._fakes import NOON
from tests.cards._contact_samples import INES
from tests.cards._reading import words

CLOSED = (AccountState.SIGN_IN_NEEDED, AccountState.AWAITING_APPROVAL)


def said(linked: Linked) -> str:
    return words(account_card(an_account(state=linked.account), [linked], INES))


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        ("", "In step"),
        ("throttled", "Microsoft 365 asks to wait a little"),
        ("unreachable", "Microsoft 365 does not answer; it is asked again"),
        ("no_mailbox", "Microsoft 365 finds no mailbox of yours; it is asked again"),
        ("failed", "The last sync met a problem"),
    ],
)
def test_what_kept_the_last_pass_from_its_end_is_said(problem: str, sentence: str) -> None:
    link = a_link(synced_at=NOON, last_problem=problem)
    assert sentence in said(Linked(link, a_book()))


@pytest.mark.parametrize("account", CLOSED)
def test_what_a_closed_account_waits_for_comes_first(account: AccountState) -> None:
    link = a_link(synced_at=NOON, last_problem="throttled")
    told = said(Linked(link, a_book(), account=account))
    assert "Waiting for your" in told and "asks to wait" not in told
