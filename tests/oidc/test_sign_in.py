"""The real sign-in at an OpenID provider that is not ours: npm's oidc-provider, behind TLS.

The sandbox's Entra was written by the people who wrote the sign-in, so both could share a
mistake. This one was not: discovery, PKCE, nonce, form post, signed id tokens and rotating
refresh tokens are judged by strangers.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from aiohttp import ClientSession, CookieJar

from sandbox.certificates import write_certificates
from sandbox.people import PEOPLE, TENANT
from services.graph.auth import SCOPES, SignIn
from services.model.errors import SignInNeeded, Unreachable
from services.model.identity import ObjectId, Person, TenantId

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
MARA = PEOPLE[0]
REDIRECT = "http://127.0.0.1:3978/auth/finish"
CLIENT_ID, SECRET = "3b0f5a52-7f0e-4f0c-9a55-0d8c5a6f1b11", "a secret for a test"
FORM = re.compile(r'<form[^>]* action="([^"]+)"')
FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')


def node_or_skip() -> str:
    """Return node's path; without it or its parts, skip loudly here and fail in CI."""
    node = shutil.which("node")
    if node and (HERE / "node_modules" / "oidc-provider").exists():
        return node
    if os.environ.get("CI"):  # noqa: TID251  (tests may: only the program itself must not)
        pytest.fail("the sign-in was not tried at oidc-provider: run `make setup`")
    pytest.skip("THE SIGN-IN WAS NOT TRIED AT OIDC-PROVIDER: run `make setup`")


@dataclass(frozen=True, slots=True)
class Strangers:
    """The provider that runs, and the file that its certificate can be checked with."""

    authority: str
    ca_file: Path

    def sign_in(self, secret: str = SECRET) -> SignIn:
        return SignIn(
            CLIENT_ID,
            secret,
            self.authority,
            REDIRECT,
            ca_bundle=str(self.ca_file),
            instance_discovery=False,
        )


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Strangers]:
    node = node_or_skip()
    ca_file, server_file = write_certificates(tmp_path_factory.mktemp("tls"))
    settings = {
        "certificate": str(server_file),
        "tenant": TENANT.id,
        "client": CLIENT_ID,
        "secret": SECRET,
        "redirect": REDIRECT,
        "scopes": list(SCOPES),
        "person": {
            "oid": MARA.object_id,
            "name": MARA.display_name,
            "preferred_username": MARA.user_principal_name,
        },
    }
    with subprocess.Popen(
        [node, HERE / "provider.mjs", json.dumps(settings)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as provider:
        assert provider.stdout is not None
        port = next(line.split()[1] for line in provider.stdout if line.startswith("port "))
        yield Strangers(f"https://127.0.0.1:{port}/{TENANT.id}", ca_file)
        provider.terminate()


@pytest.fixture
async def browser(strangers: Strangers) -> AsyncIterator[ClientSession]:
    jar = CookieJar(unsafe=True)  # cookies of an address that is a number
    async with ClientSession(cookie_jar=jar) as session:
        yield session


async def person_answers(
    browser: ClientSession, strangers: Strangers, address: str
) -> dict[str, str]:
    """Sign in and approve on the provider's own pages; return what the browser would post."""
    trust = ssl.create_default_context(cafile=strangers.ca_file)
    async with browser.get(address, ssl=trust) as page:
        url, text = page.url, await page.text()
    for _ in range(2):
        form = FORM.search(text)
        assert form is not None, text
        fields = {"login": "mara", "password": "anything", **dict(FIELD.findall(text))}
        action = urljoin(str(url), unescape(form[1]))
        async with browser.post(action, data=fields, ssl=trust) as page:
            url, text = page.url, await page.text()
    assert f'action="{REDIRECT}"' in text
    return {name: unescape(value) for name, value in FIELD.findall(text)}


async def test_a_person_signs_in_and_tokens_are_renewed(
    strangers: Strangers, browser: ClientSession
) -> None:
    sign_in = strangers.sign_in()
    # OpenID wants offline access to be approved each time, which Entra does not ask for.
    address, flow = await sign_in.start("mara@lindenhof.example", prompt="consent")
    found = await sign_in.finish(flow, await person_answers(browser, strangers, address))
    assert found.person == Person(TenantId(TENANT.id), ObjectId(MARA.object_id))
    assert (found.name, found.username) == (MARA.display_name, MARA.user_principal_name)
    first = await sign_in.token(found.tokens, found.person)
    second = await sign_in.token(first.tokens, found.person, renew=True)
    third = await sign_in.token(second.tokens, found.person, renew=True)
    assert len({first.access_token, second.access_token, third.access_token}) == 3


async def test_a_refresh_token_that_was_not_saved_is_refused(
    strangers: Strangers, browser: ClientSession
) -> None:
    sign_in = strangers.sign_in()
    address, flow = await sign_in.start(prompt="consent")
    found = await sign_in.finish(flow, await person_answers(browser, strangers, address))
    await sign_in.token(found.tokens, found.person, renew=True)
    # Stricter than Entra: whoever uses the old one again is taken for a thief.
    with pytest.raises(SignInNeeded):
        await sign_in.token(found.tokens, found.person, renew=True)


async def test_an_answer_is_good_once_and_for_its_own_sign_in(
    strangers: Strangers, browser: ClientSession
) -> None:
    sign_in = strangers.sign_in()
    address, flow = await sign_in.start()
    _, other = await sign_in.start()
    answer = await person_answers(browser, strangers, address)
    with pytest.raises(SignInNeeded):
        await sign_in.finish(other, answer)
    await sign_in.finish(flow, answer)
    with pytest.raises(SignInNeeded):
        await sign_in.finish(flow, answer)


async def test_a_provider_whose_certificate_nobody_vouches_for_is_not_spoken_to(
    strangers: Strangers,
) -> None:
    trusting = SignIn(CLIENT_ID, SECRET, strangers.authority, REDIRECT, instance_discovery=False)
    with pytest.raises(Unreachable):
        await trusting.start()
