"""Bad input at the wire: authentication is on in all of these."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests._teams import FakeTeams
from tests.bot._wired import Wired
from tests.bot._wired import wired as wire

FOREIGN = "https://attacker.trafficmanager.net/emea/"


def a_message(teams: FakeTeams, **given: Any) -> dict[str, Any]:
    ines = teams.person("Ines")
    activity = teams.activity("message", ines, teams.personal_chat(ines), text="hello")
    return activity | given


def seconds(wired: Wired, offset: float) -> int:
    return int((wired.clock.now() + timedelta(seconds=offset)).timestamp())


BAD_TOKENS: dict[str, Callable[[Wired], str]] = {
    "no token": lambda w: "",
    "garbage": lambda w: "not.a.token",
    "half a token": lambda w: w.teams.signer.token(w.teams.service_url).rsplit(".", 1)[0],
    "bad signature": lambda w: w.teams.signer.token(w.teams.service_url, key="another"),
    "no signature": lambda w: w.teams.signer.token(w.teams.service_url, algorithm="none"),
    "shared secret": lambda w: w.teams.signer.token(w.teams.service_url, algorithm="HS256"),
    "expired": lambda w: w.teams.signer.token(w.teams.service_url, exp=seconds(w, -301)),
    "not valid yet": lambda w: w.teams.signer.token(w.teams.service_url, nbf=seconds(w, 301)),
    "no expiry": lambda w: w.teams.signer.token(w.teams.service_url, without="exp"),
    "expiry in words": lambda w: w.teams.signer.token(w.teams.service_url, exp=10**30),
    "wrong audience": lambda w: w.teams.signer.token(w.teams.service_url, aud="another bot"),
    "no audience": lambda w: w.teams.signer.token(w.teams.service_url, without="aud"),
    "wrong issuer": lambda w: w.teams.signer.token(
        w.teams.service_url, iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
    ),
    "unknown key": lambda w: w.teams.signer.token(w.teams.service_url, headers={"kid": "lost"}),
    "no key named": lambda w: w.teams.signer.token(w.teams.service_url, headers={"kid": ""}),
    "service URL of another": lambda w: w.teams.signer.token("https://smba.trafficmanager.net/uk/"),
    "no service URL": lambda w: w.teams.signer.token("", without="serviceurl"),
}


@pytest.mark.parametrize("case", BAD_TOKENS)
async def test_a_bad_token_is_401(wired: Wired, case: str) -> None:
    token = BAD_TOKENS[case](wired)
    status, _ = await wired.teams.post(a_message(wired.teams), token=token)
    assert status == 401
    assert not wired.handlers.turns
    assert not wired.teams.connector.calls


async def test_a_good_token_gets_in(wired: Wired, teams: FakeTeams) -> None:
    answer = await teams.message(teams.person("Ines"), "hello")
    assert answer.status == 201
    assert answer.text == "You said: hello"


async def test_clocks_may_differ_by_five_minutes(wired: Wired, teams: FakeTeams) -> None:
    sign, url = teams.signer.token, teams.service_url
    for token in (sign(url, exp=seconds(wired, -299)), sign(url, nbf=seconds(wired, 299))):
        assert (await teams.post(a_message(teams), token=token))[0] == 201


async def test_a_key_that_does_not_vouch_for_the_channel_is_401(
    wired: Wired, teams: FakeTeams
) -> None:
    teams.signer.endorsements = ["webchat"]
    assert (await teams.post(a_message(teams)))[0] == 401


async def test_a_channel_that_is_not_teams_is_401(teams: FakeTeams) -> None:
    assert (await teams.post(a_message(teams, channelId="emulator")))[0] == 401


async def test_a_foreign_host_is_401_even_with_a_token_for_it(teams: FakeTeams) -> None:
    for address in (FOREIGN, "http://smba.trafficmanager.net/emea/", "https://localhost/emea/"):
        token = teams.signer.token(address)
        assert (await teams.post(a_message(teams, serviceUrl=address), token=token))[0] == 401


async def test_another_scheme_of_authorization_is_401(teams: FakeTeams) -> None:
    for value in ("Basic aW5lczpzZWNyZXQ=", "Bearer", "Bearer \u00fc", "x" * 5000):
        headers = {"Authorization": value}
        status, _ = await teams.post(a_message(teams), token="", headers=headers)
        assert status == 401


async def test_a_token_is_forgotten_when_it_expires(wired: Wired, teams: FakeTeams) -> None:
    token = teams.signer.token(teams.service_url)
    assert (await teams.post(a_message(teams), token=token))[0] == 201
    wired.clock.advance(timedelta(hours=1, minutes=5, seconds=1))
    assert (await teams.post(a_message(teams), token=token))[0] == 401
    assert (await teams.post(a_message(teams), token=token))[0] == 401


async def test_a_remembered_token_opens_no_other_address(teams: FakeTeams) -> None:
    token = teams.signer.token(teams.service_url)
    assert (await teams.post(a_message(teams), token=token))[0] == 201
    other = a_message(teams, serviceUrl=FOREIGN)
    assert (await teams.post(other, token=token))[0] == 401


BAD_BODIES: dict[str, bytes] = {
    "empty": b"",
    "half": b'{"type": "message"',
    "not UTF-8": b'{"type": "\xff"}',
    "a list": b"[]",
    "a word": b'"message"',
    "a number": b"5",
    "null": b"null",
    "nested": b'{"a":' * 40 + b"1" + b"}" * 40,
    "nested without end": b"[" * 100_000,
    "not a number": b'{"type": NaN}',
}


@pytest.mark.parametrize("case", BAD_BODIES)
async def test_malformed_json_is_400(teams: FakeTeams, case: str) -> None:
    assert (await teams.post(raw=BAD_BODIES[case]))[0] == 400


BAD_FIELDS: dict[str, dict[str, Any]] = {
    "no type": {"type": None},
    "type is a number": {"type": 5},
    "no conversation": {"conversation": None},
    "conversation is a word": {"conversation": "a"},
    "conversation without id": {"conversation": {}},
    "no serviceUrl": {"serviceUrl": None},
    "serviceUrl is a list": {"serviceUrl": []},
    "no channelId": {"channelId": None},
    "text is an object": {"text": {}},
    "no sender": {"from": None},
    "sender without Entra id": {"from": {"id": "29:x"}},
    "sender is a word": {"from": "Ines"},
    "sender with an odd id": {"from": {"id": "29:x", "aadObjectId": "../../x"}},
    "entities are a word": {"entities": "x"},
    "channelData is a word": {"channelData": "x"},
    "tenant is a number": {"channelData": {"tenant": {"id": 5}}},
    "no tenant": {"channelData": {}, "conversation": {"id": "a"}},
}


@pytest.mark.parametrize("case", BAD_FIELDS)
async def test_an_activity_without_what_it_must_have_is_400(teams: FakeTeams, case: str) -> None:
    assert (await teams.post(a_message(teams) | BAD_FIELDS[case]))[0] == 400


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("text/plain", 415),
        ("", 415),
        ("application/x-www-form-urlencoded", 415),
        ("Application/JSON", 201),
        ("application/json", 201),
    ],
)
async def test_the_type_of_the_content_must_be_json(
    teams: FakeTeams, kind: str, status: int
) -> None:
    headers = {"Content-Type": kind}
    assert (await teams.post(a_message(teams), headers=headers))[0] == status


async def test_a_body_above_one_megabyte_is_413(teams: FakeTeams) -> None:
    assert (await teams.post(a_message(teams, text="x" * 1024**2)))[0] == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
async def test_other_methods_are_405(teams: FakeTeams, method: str) -> None:
    assert (await teams.post(a_message(teams), method=method))[0] == 405


async def test_unknown_activities_are_taken_and_passed_over(teams: FakeTeams) -> None:
    for kind in ("messageReaction", "typing", "event", "endOfConversation", "somethingNew"):
        status, _ = await teams.post(a_message(teams, type=kind))
        assert status == 201
    assert not teams.connector.posts


async def test_a_new_key_is_fetched_when_a_token_names_it(wired: Wired, teams: FakeTeams) -> None:
    assert (await teams.post(a_message(teams)))[0] == 201
    teams.signer.rotate("key-2")
    wired.clock.advance(timedelta(minutes=6))
    assert (await teams.post(a_message(teams)))[0] == 201
    assert teams.signer.fetches == 2


async def test_strangers_cannot_make_the_bot_fetch_keys_all_the_time(teams: FakeTeams) -> None:
    assert (await teams.post(a_message(teams)))[0] == 201
    for number in range(20):
        token = teams.signer.token(teams.service_url, headers={"kid": f"lost-{number}"})
        assert (await teams.post(a_message(teams), token=token))[0] == 401
    assert teams.signer.fetches == 1


async def test_with_the_key_server_down_nobody_gets_in_until_it_is_back(
    wired: Wired, teams: FakeTeams
) -> None:
    teams.signer.is_down = True
    assert (await teams.post(a_message(teams)))[0] == 401
    teams.signer.is_down = False
    wired.clock.advance(timedelta(seconds=6))
    assert (await teams.post(a_message(teams)))[0] == 201


async def test_known_keys_go_on_while_the_key_server_is_down(
    wired: Wired, teams: FakeTeams
) -> None:
    assert (await teams.post(a_message(teams)))[0] == 201
    teams.signer.is_down = True
    wired.clock.advance(timedelta(hours=25))
    assert (await teams.post(a_message(teams)))[0] == 201
    await wired.keys.close()
    assert teams.signer.fetches == 2
    assert (await teams.post(a_message(teams)))[0] == 201


async def test_the_open_gate_still_refuses_to_send_answers_elsewhere() -> None:
    async with wire(open_gate=True) as demo:
        message = a_message(demo.teams)
        assert (await demo.teams.post(message, token=""))[0] == 201
        message = a_message(demo.teams, serviceUrl=FOREIGN)
        assert (await demo.teams.post(message, token=""))[0] == 401


async def test_the_body_of_an_answer_is_json_with_its_charset(teams: FakeTeams) -> None:
    ines = teams.person("Ines")
    answer = await teams.query(ines, "searchThings", "one")
    assert answer.status == 200
    assert json.dumps(answer.body)
