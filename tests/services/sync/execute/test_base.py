"""What a merge starts from where a pair does not say it, or does not know any more."""

from __future__ import annotations

from dataclasses import replace

from services.model.accounts import RemoteId
from services.model.errors import ReadOnlyReason
from services.model.events import EventContent, EventId, Mirror
from services.model.pairs import Observation, Pair
from services.sync.content.merge import Base
from services.sync.execute.base import base_of, echo_of
from services.sync.sides.team import TeamItem
from tests._builders import LONG_AGO, a_link, an_event_content

LUNCH = an_event_content(title="Lunch")
SPELLED = replace(LUNCH, text="As Outlook says it")
SUPPER = an_event_content(title="Supper", reminder_minutes=10)
LATE = replace(LUNCH, title="Late lunch")
HIDDEN = Mirror(ReadOnlyReason.BUSY_ONLY)
PAIR = Pair(
    remote=RemoteId("r1"),
    team=EventId("e1"),
    agreed=LUNCH,
    echo=SPELLED,
    observed=Observation(change_key="k1", content=LATE),
)


def an_item(*, mirror: Mirror | None = None, is_anothers: bool = False) -> TeamItem[EventContent]:
    return TeamItem(
        id=EventId("e1"),
        content=SUPPER,
        mirror=mirror,
        is_anothers=is_anothers,
        revision=1,
        updated_at=LONG_AGO,
        updated_by=None,
        is_deleted=False,
    )


def test_it_is_what_both_sides_agreed_on() -> None:
    assert base_of(a_link(), PAIR, an_item(), SUPPER) == Base(LUNCH, SPELLED)
    theirs = an_item(mirror=HIDDEN, is_anothers=True)
    assert base_of(a_link(), PAIR, theirs, SUPPER) == Base(LUNCH, SPELLED)


def test_what_was_gone_is_known_though_nobody_knows_how_outlook_spelled_it() -> None:
    """Found by the model test: a reminder of the team went, as if the two had never met."""
    again = replace(PAIR, echo=None)
    assert base_of(a_link(), again, an_item(), SUPPER) == Base(LUNCH, LUNCH)
    assert echo_of(again, SUPPER) == LUNCH


def test_what_the_team_shows_of_this_very_mailbox_is_no_edit() -> None:
    """Found by the model test: *Busy* was taken for an edit, and written to Outlook."""
    assert base_of(a_link(), PAIR, an_item(mirror=HIDDEN), SUPPER) == Base(SUPPER, SUPPER)
