"""Signing in at the sandbox's Entra, over TLS, with msal itself."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import aiohttp
import certifi
import pytest

from sandbox.entra.directory import Registration
from sandbox.people import PEOPLE, TENANT, SamplePerson
from sandbox.server import Sandbox
from services.graph.auth import SCOPES, SignIn
from services.graph.id_token import SignedIn, signed_in_from
from services.model.errors import (
    ConsentNeeded,
    Rejected,
    SignInNeeded,
    Unreachable,
    Unreadable,
)
from services.model.identity import ObjectId, Person, TenantId
from tests._builders import a_person
from tests._ports import held

MARA, INES, *_ = PEOPLE
CLIENT_ID = "3b0f5a52-7f0e-4f0c-9a55-0d8c5a6f1b11"
REDIRECT = "http://127.0.0.1:3978/auth/finish"
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
async def entra(office: Sandbox) -> Sandbox:
    office.register(Registration(CLIENT_ID, "secret", frozenset({REDIRECT})))
    return office


def sign_in_at(office: Sandbox, *, secret: str = "secret", ca_bundle: str | None = None) -> SignIn:
    return SignIn(
        CLIENT_ID,
        secret,
        office.authority,
        REDIRECT,
        ca_bundle=ca_bundle or office.ca_file,
        instance_discovery=False,
    )


@pytest.fixture
def sign_in(entra: Sandbox) -> SignIn:
    return sign_in_at(entra)


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def answer_of(
    browser: aiohttp.ClientSession,
    url: str,
    person: SamplePerson = MARA,
    decision: str = "approve",
) -> dict[str, str]:
    """Do what a person does, and return what their browser would post back to us."""
    async with browser.get(url) as response:
        fields = dict(FIELD.findall(await response.text()))
    form = {"flow": unescape(fields["flow"]), "person": person.object_id, "decision": decision}
    async with browser.post(url.split("?")[0], data=form) as response:
        text = await response.text()
    return {name: unescape(value) for name, value in FIELD.findall(text)}


async def signed_in(sign_in: SignIn, browser: aiohttp.ClientSession) -> SignedIn:
    url, flow = await sign_in.start()
    return await sign_in.finish(flow, await answer_of(browser, url))


# -- signing in ------------------------------------------------------------------------------


async def test_a_person_signs_in(sign_in: SignIn, browser: aiohttp.ClientSession) -> None:
    found = await signed_in(sign_in, browser)
    assert found.person == Person(TenantId(TENANT.id), ObjectId(MARA.object_id))
    assert (found.name, found.username) == ("Mara Lindqvist", "mara@lindenhof.example")


async def test_the_browser_is_sent_with_pkce_and_a_form_to_post(sign_in: SignIn) -> None:
    url, flow = await sign_in.start("mara@lindenhof.example", state="ours")
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert query["response_mode"] == "form_post"
    assert query["code_challenge_method"] == "S256"
    assert query["login_hint"] == "mara@lindenhof.example"
    assert query["state"] == json.loads(flow)["state"] == "ours"
    assert set(SCOPES) <= set(query["scope"].split())
    assert json.loads(flow)["code_verifier"] not in url


async def test_an_answer_to_another_sign_in_is_refused(
    sign_in: SignIn, browser: aiohttp.ClientSession
) -> None:
    url, _ = await sign_in.start()
    _, other = await sign_in.start()
    with pytest.raises(SignInNeeded):
        await sign_in.finish(other, await answer_of(browser, url))


async def test_an_answer_is_good_once(sign_in: SignIn, browser: aiohttp.ClientSession) -> None:
    url, flow = await sign_in.start()
    answer = await answer_of(browser, url)
    await sign_in.finish(flow, answer)
    with pytest.raises(SignInNeeded):
        await sign_in.finish(flow, answer)


@pytest.mark.parametrize("answer", [{}, {"code": "x"}, {"state": "x", "code": "y"}])
async def test_a_made_up_answer_is_refused(sign_in: SignIn, answer: dict[str, str]) -> None:
    _, flow = await sign_in.start()
    with pytest.raises(SignInNeeded):
        await sign_in.finish(flow, answer)


async def test_a_person_may_decline(sign_in: SignIn, browser: aiohttp.ClientSession) -> None:
    url, flow = await sign_in.start()
    with pytest.raises(ConsentNeeded):
        await sign_in.finish(flow, await answer_of(browser, url, decision="deny"))


async def test_an_administrator_may_have_to_approve(
    sign_in: SignIn, entra: Sandbox, browser: aiohttp.ClientSession
) -> None:
    entra.directory.needs_admin = True
    url, flow = await sign_in.start()
    with pytest.raises(ConsentNeeded):
        await sign_in.finish(flow, await answer_of(browser, url, decision="deny"))


def test_where_an_administrator_approves() -> None:
    sign_in = SignIn(CLIENT_ID, "s", "https://login.example/organizations/", REDIRECT)
    url = urlsplit(sign_in.approval_url(TenantId("t-1"), "state"))
    assert url.path == "/t-1/adminconsent"
    assert parse_qs(url.query)["redirect_uri"] == [REDIRECT]


# -- keeping tokens fresh --------------------------------------------------------------------


async def test_a_token_is_handed_out_and_kept(
    sign_in: SignIn, browser: aiohttp.ClientSession, entra: Sandbox
) -> None:
    found = await signed_in(sign_in, browser)
    fresh = await sign_in.token(found.tokens, found.person)
    again = await sign_in.token(fresh.tokens, found.person)
    assert entra.directory.grant_of(fresh.access_token).person == MARA
    assert again.access_token == fresh.access_token


def aged(tokens: str) -> str:
    """The same tokens, an hour later."""
    cache = json.loads(tokens)
    for token in cache["AccessToken"].values():
        token["expires_on"] = "1000"
    return json.dumps(cache)


async def test_an_old_token_is_renewed_and_its_refresh_token_replaced(
    sign_in: SignIn, browser: aiohttp.ClientSession
) -> None:
    found = await signed_in(sign_in, browser)
    fresh = await sign_in.token(aged(found.tokens), found.person)
    before, after = (
        {each["secret"] for each in json.loads(tokens)["RefreshToken"].values()}
        for tokens in (found.tokens, fresh.tokens)
    )
    assert fresh.access_token not in found.tokens
    assert not before & after


@pytest.mark.parametrize("number", [700082, 70008, 700084, 50173, 50076])
async def test_a_lost_grant_means_signing_in_again(
    sign_in: SignIn, browser: aiohttp.ClientSession, entra: Sandbox, number: int
) -> None:
    found = await signed_in(sign_in, browser)
    entra.directory.revoke(MARA, number)
    with pytest.raises(SignInNeeded):
        await sign_in.token(aged(found.tokens), found.person)


async def test_a_withdrawn_approval_is_told_apart(
    sign_in: SignIn, browser: aiohttp.ClientSession, entra: Sandbox
) -> None:
    found = await signed_in(sign_in, browser)
    entra.directory.withdraw_consent(MARA)
    with pytest.raises(ConsentNeeded):
        await sign_in.token(aged(found.tokens), found.person)


@pytest.mark.parametrize("tokens", ["", "{}", "not json"])
async def test_no_tokens_mean_signing_in(sign_in: SignIn, tokens: str) -> None:
    with pytest.raises(SignInNeeded):
        await sign_in.token(tokens, a_person())


async def test_somebody_elses_tokens_are_no_tokens(
    sign_in: SignIn, browser: aiohttp.ClientSession
) -> None:
    found = await signed_in(sign_in, browser)
    ines = Person(TenantId(TENANT.id), ObjectId(INES.object_id))
    with pytest.raises(SignInNeeded):
        await sign_in.token(found.tokens, ines)


# -- trouble ---------------------------------------------------------------------------------


async def test_a_wrong_secret_is_the_apps_own_trouble(
    entra: Sandbox, browser: aiohttp.ClientSession
) -> None:
    sign_in = sign_in_at(entra, secret="wrong")
    with pytest.raises(Rejected) as caught:
        await signed_in(sign_in, browser)
    assert caught.value.code == "invalid_client"


async def test_a_certificate_that_nobody_vouches_for_is_no_entra(entra: Sandbox) -> None:
    with pytest.raises(Unreachable):
        await sign_in_at(entra, ca_bundle=certifi.where()).start()


async def test_an_entra_that_does_not_answer_is_unreachable() -> None:
    with held() as silent:
        port = silent.getsockname()[1]
        authority = f"https://127.0.0.1:{port}/organizations"
        nowhere = SignIn(CLIENT_ID, "secret", authority, REDIRECT, instance_discovery=False)
        with pytest.raises(Unreachable):
            await nowhere.start()


async def test_an_unknown_tenant_is_unreachable(entra: Sandbox) -> None:
    authority = entra.authority.rpartition("/")[0] + "/nobody"
    strange = SignIn(
        CLIENT_ID,
        "secret",
        authority,
        REDIRECT,
        ca_bundle=entra.ca_file,
        instance_discovery=False,
    )
    with pytest.raises(Unreachable):
        await strange.start()


def test_an_id_token_for_another_app_or_for_nobody_is_refused() -> None:
    good = {
        "aud": CLIENT_ID,
        "iss": f"https://login.example/{TENANT.id}/v2.0",
        "tid": TENANT.id,
        "oid": MARA.object_id,
    }
    assert (
        signed_in_from(good, CLIENT_ID, "https://login.example/organizations", "").tenant
        == TENANT.id
    )
    for wrong in (
        {"aud": "somebody else"},
        {"iss": "https://evil.example/v2.0"},
        {"tid": None},
        {"oid": "29:1abc"},
    ):
        with pytest.raises(Unreadable, match="id_token"):
            signed_in_from(good | wrong, CLIENT_ID, "https://login.example/organizations", "")
