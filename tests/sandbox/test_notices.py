from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from sandbox.items import Appearance
from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests._fakes import NOON, FrozenClock
from tests.sandbox._caller import Caller, event_body


class Receiver:
    """The application's end: answers the handshake and keeps what comes."""

    def __init__(self) -> None:
        self.url = ""
        self.posts: list[list[dict[str, Any]]] = []
        self.answers: list[int] = []
        self.is_deaf = False
        self.takes: Callable[[], object] = lambda: None

    async def receive(self, request: web.Request) -> web.Response:
        token = request.query.get("validationToken")
        if token is not None:
            return web.Response(text="" if self.is_deaf else token)
        self.takes()
        self.posts.append((await request.json())["value"])
        return web.Response(status=self.answers.pop(0) if self.answers else 202)

    @property
    def kinds(self) -> list[str]:
        return [each.get("changeType", "") for post in self.posts for each in post]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiving = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiving.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiving.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiving
    await runner.cleanup()


def wish(receiver: Receiver, **more: Any) -> dict[str, Any]:
    return {
        "changeType": "created,updated,deleted",
        "notificationUrl": receiver.url,
        "resource": "/me/events",
        "expirationDateTime": (NOON + timedelta(days=6)).isoformat(),
        "clientState": "only we know",
        **more,
    }


async def test_a_write_is_told(graph: Caller, sandbox: Sandbox, receiver: Receiver) -> None:
    made = await graph("POST", "/subscriptions", wish(receiver))
    assert made.status == 201
    event = await graph.create()
    await sandbox.notices.settle()
    ((notice,),) = receiver.posts
    assert notice["subscriptionId"] == made.json["id"]
    assert notice["clientState"] == "only we know"
    assert notice["changeType"] == "created"
    assert notice["resourceData"]["id"] == event["id"]


async def test_what_is_done_in_outlook_is_told_too(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver))
    event = await graph.create()
    box = sandbox.mailbox(PEOPLE[0])
    box.edit(box.get(event["id"]), box.get(event["id"]).content)
    box.remove(box.get(event["id"]))
    await sandbox.notices.settle()
    assert receiver.kinds == ["created", "updated", "deleted"]


async def test_only_what_was_asked_for_is_told(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver, changeType="deleted"))
    await graph.create()
    own = sandbox.mailbox(PEOPLE[0])
    content = own.items(own.default_calendar.id)[0].content
    ines = sandbox.mailbox(PEOPLE[1])
    ines.remove(Appearance(ines.add(content), content))
    await sandbox.notices.settle()
    assert receiver.posts == []


async def test_a_failed_delivery_is_tried_again(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    sandbox.notices.pauses = (0.0, 0.0)
    receiver.answers = [503, 500]
    await graph("POST", "/subscriptions", wish(receiver))
    await graph.create()
    await sandbox.notices.settle()
    assert len(receiver.posts) == 3


async def test_notices_can_be_held(graph: Caller, sandbox: Sandbox, receiver: Receiver) -> None:
    await graph("POST", "/subscriptions", wish(receiver))
    sandbox.notices.is_held = True
    event = await graph.create()
    await graph("DELETE", f"/me/events/{event['id']}")
    await sandbox.notices.settle()
    assert receiver.posts == []
    sandbox.notices.release()
    await sandbox.notices.settle()
    assert receiver.kinds == ["created", "deleted"]
    assert len(receiver.posts) == 1


async def test_notices_are_lost_doubled_and_late(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver))
    sandbox.order("NOTICE * -> lost\nNOTICE * -> doubled\nNOTICE * -> late")
    ids = []
    for number in range(4):
        ids.append((await graph.create(event_body(f"Event {number}")))["id"])
        await sandbox.notices.settle()
    told = [each["resourceData"]["id"] for post in receiver.posts for each in post]
    _lost, doubled, late, last = ids
    assert told == [doubled, doubled, last, late]


async def test_a_late_notice_comes_at_the_latest_when_all_are_released(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver))
    sandbox.order("NOTICE */Events/* -> late person=mara")
    await graph.create()
    await sandbox.notices.settle()
    assert receiver.posts == []
    sandbox.notices.release()
    await sandbox.notices.settle()
    assert receiver.kinds == ["created"]


@pytest.mark.parametrize(
    ("mishap", "event", "left"),
    [
        ("lose-subscriptions", None, 0),
        ("remove-subscriptions", "subscriptionRemoved", 0),
        ("reauthorize", "reauthorizationRequired", 1),
        ("miss-notices", "missed", 1),
    ],
)
async def test_subscriptions_meet_with_mishaps(
    graph: Caller, sandbox: Sandbox, receiver: Receiver, mishap: str, event: str | None, left: int
) -> None:
    await graph("POST", "/subscriptions", wish(receiver, lifecycleNotificationUrl=receiver.url))
    sandbox.order(f"NOW mara -> {mishap}")
    await sandbox.notices.settle()
    assert [each["lifecycleEvent"] for post in receiver.posts for each in post] == (
        [event] if event else []
    )
    assert len((await graph("GET", "/subscriptions")).json["value"]) == left


async def test_life_cycle_events_are_told(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver, lifecycleNotificationUrl=receiver.url))
    (subscription,) = sandbox.notices.all_of("sandbox", PEOPLE[0])
    sandbox.notices.tell_lifecycle(subscription, "missed")
    await sandbox.notices.settle()
    assert receiver.posts[0][0]["lifecycleEvent"] == "missed"


async def test_a_subscription_is_listed_renewed_and_ended(
    graph: Caller, receiver: Receiver, clock: FrozenClock
) -> None:
    made = (await graph("POST", "/subscriptions", wish(receiver))).json
    path = f"/subscriptions/{made['id']}"
    assert [each["id"] for each in (await graph("GET", "/subscriptions")).json["value"]] == [
        made["id"]
    ]
    later = {"expirationDateTime": (NOON + timedelta(days=7)).isoformat()}
    assert (await graph("PATCH", path, later)).json["expirationDateTime"].startswith("2026-11-25")
    assert (await graph("PATCH", path, later)).status == 200
    assert (await graph("POST", f"{path}/reauthorize")).status == 409
    clock.advance(timedelta(minutes=10))
    assert (await graph("POST", f"{path}/reauthorize")).status == 204
    assert (await graph("PATCH", path, later)).status == 409
    url = {"lifecycleNotificationUrl": receiver.url}
    assert (await graph("PATCH", path, {**later, **url})).status == 400  # not to be added any more
    clock.advance(timedelta(days=7))
    assert (await graph("GET", path)).status == 401
    clock.move_to(NOON)
    assert (await graph("DELETE", path)).status == 204
    assert (await graph("GET", path)).status == 404


async def test_a_subscription_runs_out(
    graph: Caller, sandbox: Sandbox, receiver: Receiver, clock: FrozenClock
) -> None:
    soon = (NOON + timedelta(minutes=1)).isoformat()
    made = (await graph("POST", "/subscriptions", wish(receiver, expirationDateTime=soon))).json
    assert made["expirationDateTime"].startswith("2026-11-18T12:45")
    clock.advance(timedelta(minutes=46))
    assert (await graph("GET", "/subscriptions")).json["value"] == []
    await graph.create()
    await sandbox.notices.settle()
    assert receiver.posts == []


async def test_a_twin_is_refused_and_may_be_taken(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver))
    assert (await graph("POST", "/subscriptions", wish(receiver))).status == 409
    sandbox.order("NOW mara -> take-twins")
    assert (await graph("POST", "/subscriptions", wish(receiver))).status == 201
    await graph.create()
    await sandbox.notices.settle()
    assert receiver.kinds == ["created", "created"]


async def test_a_mailbox_has_a_thousand_subscriptions(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver))
    (one,) = sandbox.notices.all_to(PEOPLE[0])
    for number in range(999):  # of other applications, too
        sandbox.notices.add(replace(one, id=str(number), client_id="another"))
    more = wish(receiver, changeType="deleted")
    assert (await graph("POST", "/subscriptions", more)).status == 403
    sandbox.notices.remove("7")
    assert (await graph("POST", "/subscriptions", more)).status == 201


async def test_with_its_tokens_a_persons_subscriptions_go(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver))
    sandbox.order("NOW mara -> revoke")
    assert sandbox.notices.all_to(PEOPLE[0]) == []


@pytest.mark.parametrize(
    ("seconds", "quick", "at_once", "in_the_end"),
    [(2, 0, 2, 2), (3, 0, 1, 1), (3, 5, 1, 1), (3, 7, 1, 2), (3, 9, 2, 2)],
)
async def test_who_answers_slowly_is_told_late_or_not_at_all(
    graph: Caller,
    sandbox: Sandbox,
    receiver: Receiver,
    clock: FrozenClock,
    seconds: int,
    quick: int,
    at_once: int,
    in_the_end: int,
) -> None:
    """One slow answer of ten may be, one of eight makes notices late, one of six ends them."""
    await graph("POST", "/subscriptions", wish(receiver))
    for _ in range(quick):
        sandbox.notices.endpoints.note(receiver.url, clock.now(), clock.now())
    receiver.takes = lambda: clock.advance(seconds)
    for number in range(2):
        await graph.create(event_body(f"Event {number}"))
        await sandbox.notices.settle()
    assert len(receiver.kinds) == at_once
    sandbox.notices.release()
    await sandbox.notices.settle()
    assert len(receiver.kinds) == in_the_end
    clock.advance(601)
    await graph.create(event_body("Later"))
    await sandbox.notices.settle()
    assert len(receiver.kinds) == in_the_end + 1


async def test_an_address_that_does_not_answer_is_refused(
    graph: Caller, receiver: Receiver
) -> None:
    receiver.is_deaf = True
    refused = await graph("POST", "/subscriptions", wish(receiver))
    assert (refused.status, refused.code) == (400, "ValidationError")
    nowhere = wish(receiver, notificationUrl="http://127.0.0.1:1/hook")
    assert (await graph("POST", "/subscriptions", nowhere)).status == 400


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"changeType": "moved"}, 400),
        ({"changeType": None}, 400),
        ({"resource": "/me/messages"}, 400),
        ({"resource": "/users/ines@lindenhof.example/events"}, 403),
        ({"notificationUrl": "http://example.com/hook"}, 400),
        ({"clientState": "x" * 129}, 400),
        ({"expirationDateTime": None}, 400),
        ({"expirationDateTime": "2026-11-19T12:00:00"}, 400),
        ({"expirationDateTime": "2026-11-17T12:00:00Z"}, 400),
        ({"expirationDateTime": "2026-11-30T12:00:00Z"}, 400),
        ({"colour": "red"}, 400),
    ],
)
async def test_a_wrong_subscription_is_refused(
    graph: Caller, receiver: Receiver, change: dict[str, Any], status: int
) -> None:
    assert (await graph("POST", "/subscriptions", wish(receiver, **change))).status == status


@pytest.mark.parametrize(
    ("scope", "resource"),
    [("Contacts.ReadWrite", "/me/events"), ("Calendars.ReadWrite", "/me/contacts")],
)
async def test_only_what_may_be_read_can_be_watched(
    graph: Caller, sandbox: Sandbox, receiver: Receiver, scope: str, resource: str
) -> None:
    narrow = Caller(graph.session, graph.base_url, sandbox.token_for(PEOPLE[0], scope))
    refused = await narrow("POST", "/subscriptions", wish(receiver, resource=resource))
    assert (refused.status, refused.code) == (403, "ErrorAccessDenied")


async def test_one_calendar_can_be_listened_to(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    other = (await graph("POST", "/me/calendars", {"name": "Side project"})).json["id"]
    await graph("POST", "/subscriptions", wish(receiver, resource=f"me/calendars/{other}/events"))
    await graph.create()
    await graph("POST", f"/me/calendars/{other}/events", event_body())
    await sandbox.notices.settle()
    assert receiver.kinds == ["created"]


async def test_contacts_are_told_of_to_who_watches_their_folder(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    book = sandbox.mailbox(PEOPLE[0]).contacts
    folder = book.add_folder("Suppliers")
    watched = f"/me/contactFolders/{folder.id}/contacts"
    made = await graph("POST", "/subscriptions", wish(receiver, resource=watched))
    assert made.status == 201, made.json
    await graph.create()
    book.add({"displayName": "Elsewhere"})
    card = book.add({"displayName": "Ada"}, folder.id)
    book.remove(book.edit(card, {"displayName": "Ada Byron"}))
    await sandbox.notices.settle()
    assert receiver.kinds == ["created", "updated", "deleted"]
    ((notice, *_),) = receiver.posts
    assert notice["resourceData"]["@odata.type"] == "#Microsoft.Graph.Contact"
    assert notice["resource"].endswith(f"/Contacts/{notice['resourceData']['id']}")


async def test_everybodys_own_folder_is_watched_by_its_short_name(
    graph: Caller, sandbox: Sandbox, receiver: Receiver
) -> None:
    await graph("POST", "/subscriptions", wish(receiver, resource="/me/contacts"))
    book = sandbox.mailbox(PEOPLE[0]).contacts
    book.add({"displayName": "Elsewhere"}, book.add_folder("Suppliers").id)
    book.add({"displayName": "Ada"})
    await sandbox.notices.settle()
    assert receiver.kinds == ["created"]


async def test_a_folder_that_is_not_there_cannot_be_watched(
    graph: Caller, receiver: Receiver
) -> None:
    watched = "/me/contactFolders/AAMkNowhere/contacts"
    assert (await graph("POST", "/subscriptions", wish(receiver, resource=watched))).status == 404
