"""Meetings: who may do what, who is mailed, and the block that makes one an online meeting."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from sandbox.mailbox import Mailbox
from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from sandbox.writing import attended_by
from tests.sandbox._caller import Caller, event_body, series_body

MARA, INES, *_ = PEOPLE
GUEST = {"emailAddress": {"name": "Ines", "address": INES.mail}, "type": "required"}


async def invited(graph: Caller, box: Mailbox) -> str:
    """Let Ines have invited Mara; return the path of Mara's copy."""
    own = await graph.create()
    content = attended_by(box.get(own["id"]).content, ("Mara", MARA.mail))
    item = box.add(content, organizer=(INES.display_name, INES.mail))
    return f"/me/events/{box.id_of(item)}"


@pytest.mark.parametrize(
    ("action", "response", "shown"),
    [
        ("accept", "accepted", "busy"),
        ("tentativelyAccept", "tentativelyAccepted", "tentative"),
        ("decline", "declined", "free"),
    ],
)
async def test_a_guest_answers_and_the_organizer_is_mailed_unless_not(
    graph: Caller, sandbox: Sandbox, action: str, response: str, shown: str
) -> None:
    box = sandbox.mailbox(MARA)
    path = await invited(graph, box)
    quiet = await graph("POST", f"{path}/{action}", {"sendResponse": False})
    assert (quiet.status, box.mails) == (202, [])
    assert (await graph("POST", f"{path}/{action}", {"Comment": "Gladly"})).status == 202
    assert (await graph("POST", f"{path}/{action}")).status == 202
    assert [(mail.kind, mail.to) for mail in box.mails] == [(action, INES.mail)] * 2
    seen = (await graph("GET", path)).json
    assert (seen["responseStatus"]["response"], seen["showAs"]) == (response, shown)


async def test_another_time_is_proposed_where_that_may_be_and_in_an_answer_that_is_sent(
    graph: Caller, sandbox: Sandbox
) -> None:
    box = sandbox.mailbox(MARA)
    path = await invited(graph, box)
    later = {"proposedNewTime": {"start": event_body()["start"], "end": event_body()["end"]}}
    assert (await graph("POST", f"{path}/decline", later)).status == 202
    unsent = {**later, "sendResponse": False}
    assert (await graph("POST", f"{path}/decline", unsent)).status == 400
    assert (await graph("POST", f"{path}/accept", later)).code == "RequestBodyRead"
    seen = box.get(path.rpartition("/")[2])
    plain = {**seen.content.plain, "allowNewTimeProposals": False}
    box.edit(seen, replace(seen.content, plain=plain))
    assert (await graph("POST", f"{path}/tentativelyAccept", later)).status == 400


async def test_only_its_organizer_calls_a_meeting_off_and_never_answers_it(
    graph: Caller, sandbox: Sandbox
) -> None:
    box = sandbox.mailbox(MARA)
    path = await invited(graph, box)
    refused = await graph("POST", f"{path}/cancel", {"comment": "No time"})
    assert (refused.status, refused.code) == (400, "ErrorInvalidRequest")
    made = await graph.create(event_body(attendees=[GUEST]))
    path = f"/me/events/{made['id']}"
    assert (await graph("POST", f"{path}/accept", {})).status == 400
    box.mails.clear()
    assert (await graph("POST", f"{path}/cancel", {"comment": "No time"})).status == 202
    assert [(mail.kind, mail.to) for mail in box.mails] == [("cancellation", INES.mail)]
    assert (await graph("GET", path)).status == 404


async def test_an_action_of_no_event_or_with_strange_words_is_refused(graph: Caller) -> None:
    assert (await graph("POST", "/me/events/none/cancel", {})).status == 404
    made = await graph.create()
    path = f"/me/events/{made['id']}/cancel"
    assert (await graph("POST", path, {"colour": "red"})).code == "RequestBodyRead"


# -- online meetings -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["html", "text"])
async def test_an_online_meeting_has_a_block_in_its_text(graph: Caller, kind: str) -> None:
    body = {"contentType": kind, "content": "Bring money"}
    made = await graph.create(event_body(isOnlineMeeting=True, body=body))
    link = made["onlineMeeting"]["joinUrl"]
    assert "Bring money" in made["body"]["content"] and link in made["body"]["content"]
    plain = await graph.create(event_body(body=body))
    assert link not in plain["body"]["content"] and plain["onlineMeeting"] is None


async def test_a_text_with_its_block_keeps_the_meeting_and_one_without_takes_it_away(
    graph: Caller,
) -> None:
    made = await graph.create(event_body(isOnlineMeeting=True))
    path = f"/me/events/{made['id']}"
    kept = made["body"]["content"].replace("<body>", "<body><p>Bring money</p>")
    changed = await graph("PATCH", path, {"body": {"contentType": "html", "content": kept}})
    assert changed.json["onlineMeeting"] == made["onlineMeeting"]
    assert (await graph("PATCH", path, {"subject": "Supper"})).json["onlineMeeting"]
    other = {"body": {"contentType": "html", "content": "<p>Bring money</p>"}}
    for change in (other, {"body": made["body"]}):  # for good
        lost = (await graph("PATCH", path, change)).json
        assert (lost["onlineMeeting"], lost["isOnlineMeeting"]) == (None, True)


async def test_an_event_becomes_an_online_meeting_and_its_series_does(graph: Caller) -> None:
    made = await graph.create(series_body({"type": "daily"}, {"type": "noEnd"}))
    path = f"/me/events/{made['id']}"
    online = (await graph("PATCH", path, {"isOnlineMeeting": True})).json
    assert online["onlineMeeting"]["joinUrl"] in online["body"]["content"]
    own = {"contentType": "html", "content": online["body"]["content"]}
    again = await graph.create(event_body(isOnlineMeeting=True, body=own))
    assert again["body"]["content"].count("Join the meeting now") == 1


# -- transaction ids -------------------------------------------------------------------------


async def test_two_at_the_same_time_make_two_events_whatever_their_transaction(
    graph: Caller, sandbox: Sandbox
) -> None:
    body = event_body(transactionId="t-1")
    sandbox.faults.slow(0.5, times=2, method="POST")
    made = await asyncio.gather(*(graph("POST", "/me/events", body) for _ in range(2)))
    assert len({each.json["id"] for each in made}) == 2
    third = await graph("POST", "/me/events", body)
    assert third.json["id"] in {each.json["id"] for each in made}
