from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser._browser import Browser
from tests.browser._chromium import chromium_or_skip
from tests.browser._demo import Demo, a_demo
from tests.browser._mailbox import MailboxPage
from tests.browser._playground import PlaygroundPage

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    browser = Browser.start(chromium_or_skip())
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with a_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="session")
def greeted(browser: Browser, demo: Demo) -> None:
    """The Playground was loaded once, and greeted: a message that comes some time after the page.

    Later on only what a test does makes one come, so that it knows which messages to wait for.
    """
    playground = PlaygroundPage(browser.page("playground"), demo.playground)
    playground.open()
    playground.card_with("Hello, this is Almanac")


@pytest.fixture
def playground(
    browser: Browser, demo: Demo, greeted: None, request: pytest.FixtureRequest
) -> Iterator[PlaygroundPage]:
    """The Playground, freshly loaded; how it looks at the end is kept as a picture."""
    playground = PlaygroundPage(browser.page("playground"), demo.playground)
    playground.open()
    yield playground
    playground.picture(PICTURES / f"{request.node.name}.png")


@pytest.fixture
def mailbox(browser: Browser, demo: Demo, request: pytest.FixtureRequest) -> Iterator[MailboxPage]:
    """Mara's Outlook; how it looks at the end is kept too."""
    mailbox = MailboxPage(browser.page("mailbox"), demo.mailbox)
    yield mailbox
    mailbox.page.picture(PICTURES / f"{request.node.name}_mailbox.png")


@pytest.fixture(scope="session")
def connected(browser: Browser, demo: Demo, greeted: None) -> None:
    """Mara has connected her Outlook."""
    playground = PlaygroundPage(browser.page("playground"), demo.playground)
    playground.open()
    playground.say("connect")
    playground.card_with("Connect your Outlook calendar").follow("Sign in to Microsoft")
    sign_in = browser.page("popup")
    sign_in.click('button.person:has-text("Mara Lindqvist")')
    sign_in.wait("text=Permissions requested")
    sign_in.picture(PICTURES / "sign_in.png")
    sign_in.click('role=button[name="Accept"]')
    sign_in.wait("text=Your account is connected")
    playground.card_with("Your Microsoft account is connected")
