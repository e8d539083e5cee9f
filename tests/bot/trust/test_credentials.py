from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
import requests

from bot.trust.clouds import CLOUDS, PUBLIC, cloud_of
from bot.trust.credentials import Anonymous, TokenCredentials, managed_identity, with_secret
from services.model.errors import Rejected, Unreachable
from tests._fakes import FrozenClock


class Login:
    """Answers as msal does, and counts."""

    def __init__(self, *answers: dict[str, Any] | Exception) -> None:
        self.answers = list(answers)
        self.calls = 0

    def __call__(self) -> dict[str, Any]:
        self.calls += 1
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def good(token: str = "one", seconds: int = 3599) -> dict[str, Any]:
    return {"access_token": token, "expires_in": seconds}


async def test_twenty_who_need_a_token_share_one_login() -> None:
    login = Login(good())
    credentials = TokenCredentials(login, FrozenClock())
    tokens = await asyncio.gather(*[credentials.token() for _ in range(20)])
    assert set(tokens) == {"one"}
    assert login.calls == 1


async def test_a_token_that_is_nearly_over_is_renewed() -> None:
    clock, login = FrozenClock(), Login(good("one"), good("two"))
    credentials = TokenCredentials(login, clock)
    assert await credentials.token() == "one"
    clock.advance(3599 - 301)
    assert await credentials.token() == "one"
    clock.advance(2)
    assert await credentials.token() == "two"


async def test_a_refused_token_is_not_handed_out_again() -> None:
    credentials = TokenCredentials(Login(good("one"), good("two")), FrozenClock())
    assert await credentials.token() == "one"
    credentials.forget("another")
    assert await credentials.token() == "one"
    credentials.forget("one")
    assert await credentials.token() == "two"


async def test_failures_are_told_apart() -> None:
    refused = Login({"error": "invalid_client", "error_description": "a secret"})
    with pytest.raises(Rejected) as caught:
        await TokenCredentials(refused, FrozenClock()).token()
    assert caught.value.code == "invalid_client"
    with pytest.raises(Unreachable):
        await TokenCredentials(Login(requests.ConnectionError()), FrozenClock()).token()


@pytest.mark.parametrize(("status", "failure"), [(400, Rejected), (503, Unreachable)])
async def test_an_authority_that_does_not_describe_itself_is_told_apart_too(
    status: int, failure: type[Exception]
) -> None:
    """msal has errors of its own for a tenant that is none, and for a service in trouble."""
    http = entra()
    http.status = status
    login = with_secret(
        "app", "x", authority=f"{PUBLIC.login}/nobody", scope=PUBLIC.scope, http_client=http
    )
    with pytest.raises(failure):
        await TokenCredentials(login, FrozenClock()).token()


async def test_the_demo_needs_no_token() -> None:
    assert await Anonymous().token() == ""
    Anonymous().forget("")


class FakeHttp:
    """The transport of msal: answers each address from a table."""

    def __init__(self, answers: dict[str, dict[str, Any]]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.status = 200

    def get(self, url: str, **given: Any) -> FakeResponse:
        return self._answer(url)

    def post(self, url: str, **given: Any) -> FakeResponse:
        return self._answer(url)

    def close(self) -> None:
        pass

    def _answer(self, url: str) -> FakeResponse:
        self.asked.append(url)
        for part, body in self.answers.items():
            if part in url:
                return FakeResponse(body, self.status)
        raise AssertionError(url)


class FakeResponse:
    def __init__(self, body: dict[str, Any], status: int) -> None:
        self.status_code = status
        self.text = json.dumps(body)
        self.headers: dict[str, str] = {}

    def raise_for_status(self) -> None:
        pass


def entra() -> FakeHttp:
    host = "https://login.microsoftonline.com/harbour.example"
    metadata = {
        "authorization_endpoint": f"{host}/oauth2/v2.0/authorize",
        "token_endpoint": f"{host}/oauth2/v2.0/token",
        "issuer": f"{host}/v2.0",
    }
    token = {"access_token": "from entra", "expires_in": 3599, "token_type": "Bearer"}
    return FakeHttp({"openid-configuration": metadata, "/token": token})


async def test_a_secret_logs_in_at_the_bots_own_tenant() -> None:
    http = entra()
    login = with_secret(
        "app",
        "secret",
        authority="https://login.microsoftonline.com/harbour.example",
        scope=PUBLIC.scope,
        http_client=http,
    )
    assert http.asked == []  # nothing before the first need
    assert await TokenCredentials(login, FrozenClock()).token() == "from entra"
    assert any("harbour.example/oauth2/v2.0/token" in url for url in http.asked)


async def test_a_managed_identity_asks_azure_itself() -> None:
    token = {"access_token": "from azure", "expires_in": "3599", "resource": "x"}
    http = FakeHttp({"169.254.169.254": token})
    login = managed_identity("app", resource="https://api.botframework.com", http_client=http)
    assert await TokenCredentials(login, FrozenClock()).token() == "from azure"


async def test_msal_does_not_hand_out_a_refused_token_either() -> None:
    azure = {"access_token": "from azure", "expires_in": "3599", "resource": "x"}
    to_entra, to_azure = entra(), FakeHttp({"169.254.169.254": azure})
    authority = "https://login.microsoftonline.com/harbour.example"
    secret = with_secret(
        "app", "secret", authority=authority, scope=PUBLIC.scope, http_client=to_entra
    )
    identity = managed_identity("app", resource="x", http_client=to_azure)
    for login, http, part in (
        (secret, to_entra, "/oauth2/v2.0/token"),
        (identity, to_azure, "169.254.169.254"),
    ):
        credentials = TokenCredentials(login, FrozenClock())
        credentials.forget(await credentials.token())
        await credentials.token()
        assert len([url for url in http.asked if part in url]) == 2


async def test_a_machine_without_an_identity_is_rejected() -> None:
    http = FakeHttp({"169.254.169.254": {"error": "invalid_request"}})
    login = managed_identity("app", resource="x", http_client=http)
    with pytest.raises(Rejected):
        await TokenCredentials(login, FrozenClock()).token()


def test_the_address_of_the_keys_names_the_cloud() -> None:
    for cloud in CLOUDS:
        url = f"https://{cloud.metadata_host}/v1/.well-known/openidconfiguration"
        assert cloud_of(url) is cloud
    assert cloud_of("http://127.0.0.1:5/x") is PUBLIC
