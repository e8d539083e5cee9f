"""People signing in through msal, as the product does."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import msal
import pytest
import requests
from aiohttp import ClientSession

from sandbox.entra.challenge import CLAIMS
from sandbox.people import PEOPLE, TENANT, SamplePerson
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests.sandbox._caller import CALLBACK, CLIENT, Caller

MARA, INES = PEOPLE[:2]
SCOPES = ["User.Read", "Calendars.ReadWrite"]


@pytest.fixture
def http(sandbox: Sandbox) -> Iterator[requests.Session]:
    """What msal calls with. A machine's own certificate settings would win over the file."""
    with requests.Session() as opened:
        opened.trust_env, opened.verify = False, sandbox.ca_file
        yield opened


@dataclass(frozen=True, slots=True)
class Application:
    """The product's place: msal, and a browser that it sends people to."""

    sandbox: Sandbox
    session: ClientSession
    http: requests.Session

    async def begin(self, **options: Any) -> tuple[Any, dict[str, Any]]:
        return await asyncio.to_thread(self._begin, options)

    def _begin(self, options: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        app = msal.ConfidentialClientApplication(
            CLIENT.client_id,
            client_credential=CLIENT.client_secret,
            oidc_authority=f"{self.sandbox.authority}/v2.0",
            http_client=self.http,
        )
        return app, app.initiate_auth_code_flow(
            SCOPES, redirect_uri=CALLBACK, response_mode="form_post", **options
        )

    async def sign_in(self, person: SamplePerson) -> tuple[Any, dict[str, Any]]:
        app, flow = await self.begin()
        answer = await click(self.session, flow["auth_uri"], person)
        tokens = await asyncio.to_thread(app.acquire_token_by_auth_code_flow, flow, answer)
        assert "error" not in tokens, tokens
        return app, tokens


@pytest.fixture
def app(sandbox: Sandbox, session: ClientSession, http: requests.Session) -> Application:
    return Application(sandbox, session, http)


async def click(
    session: ClientSession, address: str, person: SamplePerson, decision: str = "approve"
) -> dict[str, str]:
    """Do what a person does on the pages; return what the application is sent."""
    async with session.get(address) as page:
        text = await page.text()
        assert page.status == 200, text
    form = {"flow": field(text, "flow"), "person": person.object_id}
    async with session.post(address, data=form, allow_redirects=False) as page:
        text = await page.text()
    if "Permissions requested" in text or "Need admin approval" in text:
        form["decision"] = decision
        async with session.post(address, data=form, allow_redirects=False) as page:
            text = await page.text()
            if page.status == 302:
                return dict(parse_qsl(urlsplit(page.headers["Location"]).query))
    assert f'action="{CALLBACK}"' in text
    assert ">Continue</button>" in text
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', text))


def field(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', text)
    assert found is not None
    return found[1]


async def test_a_person_signs_in_and_reads_their_mailbox(
    app: Application, sandbox: Sandbox, session: ClientSession
) -> None:
    _, tokens = await app.sign_in(INES)
    claims = tokens["id_token_claims"]
    assert (claims["oid"], claims["tid"]) == (INES.object_id, TENANT.id)
    assert claims["preferred_username"] == INES.user_principal_name
    assert claims["iss"] == f"{sandbox.authority}/v2.0"
    me = await Caller(session, sandbox.graph_url, tokens["access_token"])("GET", "/me")
    assert me.json["id"] == INES.object_id


async def test_an_id_token_is_signed_with_a_published_key(
    app: Application, sandbox: Sandbox, session: ClientSession
) -> None:
    _, tokens = await app.sign_in(MARA)
    async with session.get(f"{sandbox.page_url}/common/discovery/v2.0/keys") as answer:
        keys = jwt.PyJWKSet.from_dict(await answer.json())
    kid = jwt.get_unverified_header(tokens["id_token"])["kid"]
    claims = jwt.decode(
        tokens["id_token"], keys[kid].key, algorithms=["RS256"], audience=CLIENT.client_id
    )
    assert claims["name"] == MARA.display_name


async def test_people_sign_in_on_plain_http(app: Application, sandbox: Sandbox) -> None:
    _, flow = await app.begin()
    assert flow["auth_uri"].startswith(f"{sandbox.page_url}/{TENANT.id}/oauth2/v2.0/authorize?")


async def test_whom_the_application_expects_comes_first(
    app: Application, session: ClientSession
) -> None:
    _, flow = await app.begin(login_hint=INES.user_principal_name)
    async with session.get(flow["auth_uri"]) as page:
        text = await page.text()
    assert text.index(INES.display_name) < text.index(MARA.display_name)


async def test_consent_is_asked_once(app: Application, session: ClientSession) -> None:
    await app.sign_in(INES)
    _, flow = await app.begin()
    async with session.get(flow["auth_uri"]) as page:
        flow_id = field(await page.text(), "flow")
    form = {"flow": flow_id, "person": INES.object_id}
    async with session.post(flow["auth_uri"], data=form) as page:
        assert 'name="code"' in await page.text()


async def test_consent_can_be_denied(app: Application, session: ClientSession) -> None:
    _, flow = await app.begin()
    answer = await click(session, flow["auth_uri"], INES, "deny")
    assert answer["error"] == "access_denied"
    assert answer["error_description"].startswith("AADSTS65004")
    assert answer["state"] == flow["state"]


async def test_consent_may_need_an_administrator(
    app: Application, sandbox: Sandbox, session: ClientSession
) -> None:
    sandbox.directory.needs_admin = True
    _, flow = await app.begin()
    answer = await click(session, flow["auth_uri"], INES, "deny")
    assert answer["error_description"].startswith("AADSTS90094")


async def test_tokens_are_refreshed_and_rotated(
    app: Application, sandbox: Sandbox, session: ClientSession, clock: FrozenClock
) -> None:
    client, first = await app.sign_in(INES)
    clock.advance(timedelta(hours=2))
    (account,) = client.get_accounts()
    assert account["home_account_id"] == f"{INES.object_id}.{TENANT.id}"
    second = await asyncio.to_thread(
        client.acquire_token_silent, SCOPES, account, force_refresh=True
    )
    assert second["refresh_token"] != first["refresh_token"]
    graph = Caller(session, sandbox.graph_url, second["access_token"])
    assert (await graph("GET", "/me")).status == 200


@pytest.mark.parametrize("number", [50173, 700082, 700084, 50076, 70008])
async def test_a_refresh_can_be_refused(app: Application, sandbox: Sandbox, number: int) -> None:
    client, _ = await app.sign_in(INES)
    sandbox.directory.revoke(INES, number)
    answer = await asyncio.to_thread(
        client.acquire_token_silent_with_error, SCOPES, client.get_accounts()[0], force_refresh=True
    )
    assert (answer["error"], answer["error_codes"]) == ("invalid_grant", [number])


async def test_withdrawn_consent_ends_the_refreshing(app: Application, sandbox: Sandbox) -> None:
    client, _ = await app.sign_in(INES)
    sandbox.directory.withdraw_consent(INES)
    answer = await asyncio.to_thread(
        client.acquire_token_silent_with_error, SCOPES, client.get_accounts()[0], force_refresh=True
    )
    assert (answer["error_codes"], answer["suberror"]) == ([65001], "consent_required")


async def test_a_claims_challenge_is_answered_at_the_token_endpoint(
    app: Application, sandbox: Sandbox, session: ClientSession
) -> None:
    client, first = await app.sign_in(INES)
    sandbox.order("NOW ines -> challenge-tokens")
    refused = await Caller(session, sandbox.graph_url, first["access_token"])("GET", "/me")
    assert refused.status == 401
    second = await asyncio.to_thread(
        client.acquire_token_silent, SCOPES, client.get_accounts()[0], claims_challenge=CLAIMS
    )
    assert (await Caller(session, sandbox.graph_url, second["access_token"])("GET", "/me")).json[
        "id"
    ] == INES.object_id
    assert [json.loads(each) for each in sandbox.directory.claims] == [json.loads(CLAIMS)]


async def post(
    session: ClientSession, sandbox: Sandbox, tenant: str = TENANT.id, **form: str
) -> tuple[int, Any]:
    sent = {"client_id": CLIENT.client_id, "client_secret": CLIENT.client_secret, **form}
    url = f"{sandbox.page_url}/{tenant}/oauth2/v2.0/token"
    async with session.post(url, data=sent) as answer:
        return answer.status, await answer.json()


async def test_a_code_works_once_and_with_its_verifier(
    app: Application, sandbox: Sandbox, session: ClientSession
) -> None:
    _, flow = await app.begin()
    form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK}
    code = (await click(session, flow["auth_uri"], INES))["code"]
    status, body = await post(session, sandbox, **form, code=code, code_verifier="wrong")
    assert (status, body["error"], body["error_codes"]) == (400, "invalid_grant", [501481])
    status, body = await post(
        session, sandbox, **form, code=code, code_verifier=flow["code_verifier"]
    )
    assert (status, body["error_codes"]) == (400, [54005])


async def test_a_code_runs_out(
    app: Application, sandbox: Sandbox, session: ClientSession, clock: FrozenClock
) -> None:
    _, flow = await app.begin()
    code = (await click(session, flow["auth_uri"], INES))["code"]
    clock.advance(timedelta(minutes=11))
    _, body = await post(
        session, sandbox, grant_type="authorization_code", redirect_uri=CALLBACK, code=code
    )
    assert body["error_codes"] == [70008]


@pytest.mark.parametrize(
    ("form", "status", "number"),
    [
        ({"client_id": "stranger"}, 400, 700016),
        ({"client_secret": "wrong"}, 401, 7000215),
        ({"client_secret": ""}, 401, 7000218),
        ({"grant_type": "password"}, 400, 70003),
        ({"grant_type": "authorization_code"}, 400, 900144),
        ({"grant_type": "authorization_code", "code": "x"}, 400, 70000),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, 400, 9002313),
        ({"grant_type": "refresh_token", "claims": "none"}, 400, 9002313),
        ({"grant_type": "refresh_token", "refresh_token": "x", "scope": "Root"}, 400, 70011),
        ({"tenant": "nobody"}, 400, 90002),
    ],
)
async def test_the_token_endpoint_refuses(
    sandbox: Sandbox, session: ClientSession, form: dict[str, str], status: int, number: int
) -> None:
    got, body = await post(session, sandbox, **form)
    assert (got, body["error_codes"]) == (status, [number])
    assert body["error_description"].startswith(f"AADSTS{number}: ")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"client_id": "stranger"}, "AADSTS700016"), ({"redirect_uri": "http://x/"}, "AADSTS50011")],
)
async def test_a_stranger_gets_a_page_and_nothing_is_sent_back(
    sandbox: Sandbox, session: ClientSession, change: dict[str, str], sentence: str
) -> None:
    query = {"client_id": CLIENT.client_id, "redirect_uri": CALLBACK, "response_type": "code"}
    url = f"{sandbox.page_url}/{TENANT.id}/oauth2/v2.0/authorize"
    async with session.get(url, params={**query, **change}, allow_redirects=False) as page:
        assert page.status == 400
        assert sentence in await page.text()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "Everything"}, "invalid_scope"),
        ({"prompt": "none"}, "login_required"),
    ],
)
async def test_other_mistakes_are_sent_back(
    sandbox: Sandbox, session: ClientSession, change: dict[str, str], error: str
) -> None:
    query = {"client_id": CLIENT.client_id, "redirect_uri": CALLBACK, "response_type": "code"}
    url = f"{sandbox.page_url}/{TENANT.id}/oauth2/v2.0/authorize"
    async with session.get(
        url, params={**query, "state": "s", **change}, allow_redirects=False
    ) as page:
        assert page.status == 302
        answer = dict(parse_qsl(urlsplit(page.headers["Location"]).query))
    assert (answer["error"], answer["state"]) == (error, "s")


async def test_a_made_up_flow_leads_nowhere(sandbox: Sandbox, session: ClientSession) -> None:
    url = f"{sandbox.page_url}/{TENANT.id}/oauth2/v2.0/authorize"
    form = {"flow": "made up", "person": INES.object_id}
    async with session.post(url, data=form) as page:
        assert page.status == 400


async def test_msal_wants_the_certificate_authority(sandbox: Sandbox) -> None:
    def without() -> None:
        http = requests.Session()
        http.trust_env = False
        http.get(f"{sandbox.authority}/v2.0/.well-known/openid-configuration", timeout=5)

    with pytest.raises(requests.exceptions.SSLError):
        await asyncio.to_thread(without)


async def test_the_common_endpoint_leaves_the_tenant_open(
    sandbox: Sandbox, session: ClientSession
) -> None:
    url = f"{sandbox.page_url}/organizations/v2.0/.well-known/openid-configuration"
    async with session.get(url) as answer:
        assert "{tenantid}" in (await answer.json())["issuer"]


async def test_an_administrator_approves_for_everybody(
    app: Application, sandbox: Sandbox, session: ClientSession
) -> None:
    sandbox.directory.needs_admin = True
    url = f"{sandbox.page_url}/{TENANT.id}/adminconsent"
    query = {"client_id": CLIENT.client_id, "redirect_uri": CALLBACK, "state": "s"}
    async with session.get(url, params=query) as page:
        assert "Approve Almanac for everybody?" in await page.text()
    for decision, expected in (("deny", "access_denied"), ("approve", "True")):
        async with session.post(
            url, params=query, data={"decision": decision}, allow_redirects=False
        ) as page:
            answer = dict(parse_qsl(urlsplit(page.headers["Location"]).query))
        assert answer["state"] == "s"
        assert expected in answer.values()
    await app.sign_in(INES)


async def test_a_stranger_cannot_be_approved(sandbox: Sandbox, session: ClientSession) -> None:
    url = f"{sandbox.page_url}/{TENANT.id}/adminconsent"
    for send in (session.get, session.post):
        async with send(url, params={"client_id": "stranger"}) as page:
            assert page.status == 400
