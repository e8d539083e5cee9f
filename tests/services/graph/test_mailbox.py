"""A mailbox of the sandbox, read and written; and one that misbehaves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from services.graph.mailbox import DUPLICATE, Mailbox, Me
from services.model.accounts import RemoteId
from services.model.errors import ReadOnlyReason, Rejected, SignInNeeded, Unreadable
from services.model.events import EventContent
from services.model.recurrence import Pattern, Rule
from tests._builders import BERLIN, a_person, all_day, an_event_content, timed
from tests.services.graph._server import FixedTokens, Scripted

MARA = PEOPLE[0]
DAILY = Rule(pattern=Pattern.DAILY, count=10)


async def default_calendar(mailbox: Mailbox) -> RemoteId:
    return (await mailbox.calendars())[0].id


async def create(mailbox: Mailbox, content: EventContent, number: int = 1) -> RemoteId:
    payload = mailbox.payload_for(content, f"transaction-{number}", f"tag-{number}")
    return (await mailbox.create_event(await default_calendar(mailbox), payload)).id


# -- the mailbox -----------------------------------------------------------------------------


async def test_it_knows_whose_it_is(mailbox: Mailbox) -> None:
    assert await mailbox.me() == Me(MARA.object_id, "Mara Lindqvist", "mara@lindenhof.example")
    assert await mailbox.own_zone() == BERLIN


async def test_the_default_calendar_comes_first(mailbox: Mailbox, office: Sandbox) -> None:
    office.mailbox(MARA).add_calendar("Side projects")
    first, second = await mailbox.calendars()
    assert (first.is_default, second.is_default) == (True, False)
    assert second.name == "Side projects"
    assert first.owner == second.owner == "mara@lindenhof.example"


@pytest.mark.parametrize(
    "owner", [None, {}, {"address": None}, "nobody", {"address": "A@b.example"}]
)
async def test_whose_a_calendar_is_may_be_left_untold(
    graph: Scripted, scripted_mailbox: Mailbox, owner: Any
) -> None:
    graph.will_answer({"value": [{"id": "1", "owner": owner}]})
    (calendar,) = await scripted_mailbox.calendars()
    is_told = isinstance(owner, dict) and bool(owner.get("address"))
    assert calendar.owner == ("a@b.example" if is_told else "")


async def test_collections_are_read_to_their_end(mailbox: Mailbox, office: Sandbox) -> None:
    for number in range(60):
        office.mailbox(MARA).add_calendar(f"Calendar {number}")
    assert len(await mailbox.calendars()) == 61


# -- events ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        an_event_content(text="Bring the maps\n\nand tea", place="Café", reminder_minutes=10),
        an_event_content(when=all_day("2026-11-20", 2)),
        an_event_content(rule=DAILY),
        an_event_content(when=all_day(), rule=DAILY),
    ],
    ids=["timed", "all day", "series", "all-day series"],
)
async def test_what_was_created_can_be_read(mailbox: Mailbox, content: EventContent) -> None:
    payload = mailbox.payload_for(content, "transaction-1", "tag-1")
    created = await mailbox.create_event(await default_calendar(mailbox), payload)
    read = await mailbox.get_event(created.id)
    assert created.content == read.content == content
    assert read.tag == "tag-1"
    assert created.transaction_id == read.transaction_id == "transaction-1"
    assert created.change_key == read.change_key != ""


async def test_the_same_bytes_twice_make_one_event(mailbox: Mailbox, office: Sandbox) -> None:
    content = an_event_content()
    assert await create(mailbox, content) == await create(mailbox, content)
    calendar = await default_calendar(mailbox)
    assert len(office.mailbox(MARA).items(calendar)) == 1


async def test_other_bytes_under_the_same_transaction_are_a_duplicate(mailbox: Mailbox) -> None:
    await create(mailbox, an_event_content())
    with pytest.raises(Rejected) as caught:
        await create(mailbox, an_event_content(title="Another"))
    assert caught.value.code == DUPLICATE


async def test_an_update_changes_what_it_names(mailbox: Mailbox) -> None:
    old = an_event_content(text="Bring the maps")
    id = await create(mailbox, old)
    before = await mailbox.get_event(id)
    new = replace(old, title="Dinner", when=timed("2026-11-20T19:00", 120))
    after = await mailbox.update_event(id, mailbox.patch_for(old, new), before.change_key)
    assert after.content == new
    assert after.change_key != before.change_key


async def test_nothing_to_change_is_not_sent(mailbox: Mailbox) -> None:
    id = await create(mailbox, an_event_content())
    before = await mailbox.get_event(id)
    assert await mailbox.update_event(id, {}, "") == before


async def test_a_write_over_an_unseen_change_is_refused(mailbox: Mailbox) -> None:
    id = await create(mailbox, an_event_content())
    seen = await mailbox.get_event(id)
    await mailbox.update_event(id, {"subject": "Changed in Outlook"})
    for write in (
        mailbox.update_event(id, {"subject": "Ours"}, seen.change_key),
        mailbox.delete_event(id, seen.change_key),
    ):
        with pytest.raises(Rejected) as caught:
            await write
        assert caught.value.status == 412


async def test_deleting_twice_is_deleting(mailbox: Mailbox) -> None:
    id = await create(mailbox, an_event_content())
    await mailbox.delete_event(id)
    await mailbox.delete_event(id)
    with pytest.raises(Rejected) as caught:
        await mailbox.get_event(id)
    assert caught.value.status == 404


async def test_a_tag_finds_the_item_and_its_copies(mailbox: Mailbox, office: Sandbox) -> None:
    id = await create(mailbox, an_event_content())
    await create(mailbox, an_event_content(), 2)
    seen = office.mailbox(MARA).get(id)
    office.mailbox(MARA).copy(seen.item)
    found = await mailbox.find_by_tag(await default_calendar(mailbox), "tag-1")
    assert {each.transaction_id for each in found} == {"transaction-1", ""}
    assert all(each.tag == "tag-1" for each in found)


async def test_a_tag_with_a_quote_in_it_is_no_way_in(mailbox: Mailbox) -> None:
    await create(mailbox, an_event_content())
    calendar = await default_calendar(mailbox)
    assert await mailbox.find_by_tag(calendar, "x' or ep/value ne 'x") == []


async def test_a_series_has_its_exceptions_inside(mailbox: Mailbox) -> None:
    content = an_event_content(rule=DAILY)
    id = await create(mailbox, content)
    instances = [
        item["id"]
        async for item in mailbox.items(
            f"/me/events/{id}/instances",
            {"startDateTime": "2026-11-20T00:00:00Z", "endDateTime": "2026-12-10T00:00:00Z"},
        )
    ]
    await mailbox.update_event(RemoteId(instances[2]), {"subject": "Late lunch"})
    await mailbox.delete_event(RemoteId(instances[4]))
    series = await mailbox.get_event(id)
    changed, cancelled = series.content.exceptions
    assert changed.original == datetime(2026, 11, 22, 12, 30, tzinfo=BERLIN)
    assert changed.content == an_event_content(title="Late lunch", when=timed("2026-11-22T12:30"))
    assert cancelled.original == datetime(2026, 11, 24, 12, 30, tzinfo=BERLIN)
    assert cancelled.content is None
    assert (series.tag, series.transaction_id) == ("tag-1", "transaction-1")


async def test_a_meeting_is_seen_as_somebodys(mailbox: Mailbox) -> None:
    id = await create(mailbox, an_event_content())
    guest = {"emailAddress": {"address": "ines@lindenhof.example"}}
    event = await mailbox.update_event(id, {"attendees": [guest]})
    assert event.mirror is not None
    assert event.mirror.reason is ReadOnlyReason.HAS_ATTENDEES
    assert event.mirror.organiser == "Mara Lindqvist"


def test_a_payload_is_the_same_bytes_every_time(graph: Scripted) -> None:
    mailbox = Mailbox(graph.client, FixedTokens(), a_person(), zone=BERLIN)
    content = an_event_content(when=all_day())
    payload = mailbox.payload_for(content, "t", "g")
    assert payload == mailbox.payload_for(content, "t", "g")
    body = json.loads(payload)
    assert body["transactionId"] == "t"
    assert body["start"]["timeZone"] == "W. Europe Standard Time"
    assert "attendees" not in body


async def test_nobody_was_mailed(mailbox: Mailbox, office: Sandbox) -> None:
    id = await create(mailbox, an_event_content())
    await mailbox.update_event(id, {"subject": "Dinner"})
    await mailbox.delete_event(id)
    assert office.mailbox(MARA).mails == []


# -- tokens, and answers that make no sense --------------------------------------------------


async def test_a_refused_token_is_asked_for_anew_once(graph: Scripted) -> None:
    graph.will_refuse(401, "InvalidAuthenticationToken")
    graph.will_answer({"id": "1"})
    mailbox = Mailbox(graph.client, FixedTokens("old", "new"), a_person())
    assert (await mailbox.me()).object_id == "1"
    assert [each.headers["Authorization"] for each in graph.requests] == [
        "Bearer old",
        "Bearer new",
    ]


@pytest.mark.parametrize("tokens", [("old",), ("old", "new")])
async def test_the_newest_token_refused_means_signing_in(
    graph: Scripted, tokens: tuple[str, ...]
) -> None:
    graph.will_refuse(401, "InvalidAuthenticationToken")
    with pytest.raises(SignInNeeded):
        await Mailbox(graph.client, FixedTokens(*tokens), a_person()).me()
    assert len(graph.requests) == len(tokens)


async def test_another_refusal_with_a_new_token_is_passed_on(graph: Scripted) -> None:
    graph.will_refuse(401, "InvalidAuthenticationToken")
    graph.will_refuse(403, "ErrorAccessDenied")
    with pytest.raises(Rejected) as caught:
        await Mailbox(graph.client, FixedTokens("old", "new"), a_person()).me()
    assert caught.value.status == 403


@pytest.mark.parametrize("value", [{}, [7], "x"])
async def test_a_collection_of_something_else_cannot_be_read(
    graph: Scripted, scripted_mailbox: Mailbox, value: object
) -> None:
    graph.will_answer({"value": value or 7})
    with pytest.raises(Unreadable, match="collection"):
        await scripted_mailbox.calendars()


async def test_a_cancelled_occurrence_without_a_day_cannot_be_read(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_answer({"id": "1", "cancelledOccurrences": ["OID.1.soon"]})
    with pytest.raises(Unreadable, match="cancelled_occurrence"):
        await scripted_mailbox.get_series(RemoteId("1"))


async def test_exceptions_that_a_page_has_no_room_for_are_read_as_well(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    """Were they taken to be gone, the team's next change would delete them."""
    following = f"{graph.url}/me/events/1/exceptionOccurrences?$skip=1"
    more = {"exceptionOccurrences@odata.nextLink": following}
    graph.will_answer({**STANDUP, "exceptionOccurrences": [_standup(17)], **more})
    graph.will_answer({"value": [_standup(18)]})
    series = await scripted_mailbox.get_series(RemoteId("1"))
    days = [str(each.original)[:10] for each in series.content.exceptions]
    assert days == ["2026-11-17", "2026-11-18"]


def _standup(day: int) -> dict[str, Any]:
    start, end = (f"2026-11-{day}T{at}:00" for at in ("09:30", "09:45"))
    return {
        "id": f"1-{day}",
        "subject": "Late standup",
        "start": {"dateTime": start, "timeZone": "UTC"},
        "end": {"dateTime": end, "timeZone": "UTC"},
        "originalStart": f"{start}Z",
        "originalStartTimeZone": "UTC",
    }


STANDUP = {
    **_standup(16),
    "id": "1",
    "subject": "Standup",
    "recurrence": {
        "pattern": {"type": "daily", "interval": 1},
        "range": {"type": "noEnd", "startDate": "2026-11-16", "recurrenceTimeZone": "UTC"},
    },
}
