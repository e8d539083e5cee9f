import inspect

import pytest

from cards.wording import FAILED, HERE, WRONG, beside, say, sentence_of
from services.model import errors
from services.model.errors import (
    AlmanacError,
    Damaged,
    InvalidInput,
    NoRoom,
    NotFound,
    Problem,
    ReadOnly,
    ReadOnlyReason,
    Refused,
    Rejected,
    Stale,
    StoreAway,
    StoreBusy,
    Throttled,
    TooLarge,
    UnknownZone,
    Unreachable,
    Wrong,
)


def test_values_go_into_their_places_and_are_not_read_again() -> None:
    assert say("en", "Until {day}", day="{never} {0}") == "Until {never} {0}"


@pytest.mark.parametrize("wrong", Wrong)
def test_everything_that_can_be_wrong_with_a_value_has_a_sentence(wrong: Wrong) -> None:
    sentence = beside("en", Problem("some_field", wrong, 200))
    assert sentence.endswith(".") and "{" not in sentence


def test_a_field_may_have_a_sentence_of_its_own() -> None:
    assert beside("en", Problem("title", Wrong.MISSING)) == "Please give the event a title."
    assert {wrong for _, wrong in HERE} <= WRONG.keys()


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (InvalidInput(Problem("title", Wrong.TOO_LONG, 200)), "200 characters"),
        (InvalidInput(), "did not work"),
        (UnknownZone("Mars/Olympus"), "time zone is not known"),
        (NotFound("event"), "event is gone"),
        (NotFound("contact"), "contact is gone"),
        (NotFound("something"), "no longer here"),
        (ReadOnly(ReadOnlyReason.ARCHIVED), "archived"),
        (Throttled(20), "in a minute"),
        (Throttled(300), "in 5 minutes"),
        (Unreachable("no answer"), "Microsoft 365 does not answer"),
        (StoreAway("no answer"), "cannot reach what it has stored"),
        (StoreBusy(1), "Please try again in a moment"),
        (Rejected(400, "ErrorInvalidRequest"), "did not accept"),
        (Stale(), "Somebody else"),
        (Damaged(), "is damaged"),
        (NoRoom(), "no room"),
        (TooLarge(), "on our side"),
        (Refused(), "did not work"),
    ],
)
def test_each_failure_says_what_happened(error: AlmanacError, part: str) -> None:
    assert part in sentence_of("en", error)


@pytest.mark.parametrize("reason", ReadOnlyReason)
def test_each_reason_why_something_cannot_be_changed_has_a_sentence(reason: ReadOnlyReason) -> None:
    assert sentence_of("en", ReadOnly(reason)).endswith(".")


def test_every_class_of_failure_leads_to_a_sentence() -> None:
    classes = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    for kind in classes:
        if issubclass(kind, AlmanacError):
            assert any(base in FAILED for base in kind.__mro__)
