"""What a person does in the Agents Playground: choose a chat, write, press a button, search.

The Playground has no ids to hold on to; the selectors here are what its version 0.2.28 shows.
"""

from __future__ import annotations

from pathlib import Path

from tests.browser._browser import BrowserProblem, Page

__all__ = ["CARD", "Card", "PlaygroundPage"]

CARD = ".ac-adaptiveCard"
COMPOSER = "div[role=textbox][data-lexical-editor]"
EXTENSIONS = 'button[aria-label="Trigger Message Extension App"]'
SEND = 'button[aria-label="Send Message"]'
MENU = 'button[aria-label="Show more information"]'
DIALOG = "role=dialog"
QUESTIONS = 100
"""Answers that do not show it yet; on a busy machine a sync is slow, and each answer quick."""
FORGETS_AFTER = 400
"""Milliseconds; in the Playground's client it is a timer of 300 for each message's menu."""


class Card:
    """A card that is on the page; its inputs go by their labels, its buttons by their titles."""

    def __init__(self, page: Page, selector: str) -> None:
        self._page = page
        self._at = selector

    @property
    def text(self) -> str:
        return self._page.text(self._at)

    def fill(self, label: str, text: str) -> None:
        self._page.fill(f"{self._at} >> role=textbox[name=/^{label}/]", text)

    def fill_time(self, label: str, text: str) -> None:
        self._page.fill(f"{self._at} >> role=combobox[name=/^{label}/]", text)
        self._page.press("Enter")

    def value(self, label: str) -> str:
        return self._page.value(f"{self._at} >> role=textbox[name=/^{label}/]")

    def press(self, title: str) -> None:
        self._page.click(f'{self._at} >> role=button[name="{title}"]')

    def follow(self, title: str) -> None:
        """Press a button that opens an address in another page, ``popup``."""
        self._page.follow(f'{self._at} >> role=link[name="{title}"]')

    def wait_for(self, text: str) -> Card:
        """Wait until the card shows ``text``."""
        self._page.wait(f'{self._at} >> text="{text}"')
        return self


class PlaygroundPage:
    """The page of the Playground, as a person sees it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url

    def open(self) -> None:
        """Load it; that also empties it and installs the app again."""
        self.page.open(self._url)
        self.page.wait(COMPOSER)

    def enter(self, chat: str) -> None:
        """Go to a chat or channel of the list on the left."""
        self.page.click(f'role=treeitem >> text="{chat}"')
        self.page.wait(COMPOSER)

    def say(self, text: str) -> None:
        """Write in a personal chat."""
        self.page.click(f"{COMPOSER} >> nth=-1")
        self.page.type(text)
        self.page.press("Enter")

    def post(self, text: str, bot: str = "Almanac") -> None:
        """Begin a conversation in a channel, with the bot mentioned."""
        self.page.click(f"{COMPOSER} >> nth=0")
        self.page.type(f"@{bot[:3]}")
        self.page.click(f'role=menuitem >> text="{bot}"')
        self.page.type(f" {text}")
        self.page.click('role=button[name="Post"]')

    def card_with(self, *texts: str) -> Card:
        """Wait for a card that shows all ``texts``, and return the lowest one that does."""
        shows = "".join(f':has-text("{text}")' for text in texts)
        selector = f"{CARD}{shows} >> nth=-1"
        try:
            self.page.wait(selector)
        except BrowserProblem as err:
            raise BrowserProblem(f"{err}\nThe page says: {self.page.text('body')[-1000:]}") from err
        return Card(self.page, selector)

    def wait_for(self, text: str) -> None:
        """Wait until ``text`` stands somewhere on the page."""
        self.page.wait(f'text="{text}"')

    def create(self, title: str, when: str) -> Card:
        """Write an event as a sentence, confirm it, and return its card."""
        self.say(f"new event {title} {when}")
        self.card_with("Create this event?", title).press("Create")
        return self.card_with(title, "Details")

    def wait_while_asking(self, question: str, text: str) -> None:
        """Say the same until an answer shows ``text``: what it tells of is on its way."""
        for _ in range(QUESTIONS):
            before = self.page.count(CARD)
            self.say(question)
            self.page.wait(f"{CARD} >> nth={before}")
            if text in self.page.text(f"{CARD} >> nth=-1"):
                return
        raise AssertionError(f"{question!r} was not answered with {text!r}")

    def search(self, command: str, words: str) -> None:
        """Search from the compose box, as the messaging extension's ``command``."""
        self.page.click(f"{EXTENSIONS} >> nth=-1")
        self.page.click('role=menuitem[name="Search Command"]')
        self.page.click("text=Specify Command ID or Parameter")
        self.page.fill('input[placeholder="Command ID"]', command)
        self.page.fill('input[placeholder="Parameter name"]', "query")
        self.page.fill('input[placeholder="Enter a search term"]', words)

    def pick(self, title: str) -> None:
        """Take a result of the search and send it."""
        self.page.click(f'h1:has-text("{title}")')
        self.page.click(f"{SEND} >> nth=-1")

    def begin_action(self, command: str) -> Card:
        """Open the dialog of an action command from the compose box."""
        self.page.click(f"{EXTENSIONS} >> nth=-1")
        return self._dialog_of(command)

    def begin_action_on(self, text: str, command: str) -> Card:
        """Open the dialog of an action command from the menu of a message without a card.

        One's own message may come to the page after its answer: the first is not always one's own.
        """
        message = f'div:has-text("{text}"):has({MENU}):not(:has({CARD})) >> nth=-1'
        self.page.click(f"{message} >> {MENU}")
        return self._dialog_of(command)

    def mock(self, activity: str) -> None:
        """Have something happen to the app, as the Playground's menu calls it."""
        self.page.click('button:has-text("Mock an Activity")')
        self.page.click(f'role=menuitem >> text="{activity}"')
        self.page.click(f'{DIALOG} >> role=button[name="Send activity"]')
        self.page.wait(DIALOG, "hidden")

    def _dialog_of(self, command: str) -> Card:
        # Each message that appears empties the dialog's store a moment later, whoever has filled
        # it meanwhile. People are slower than that. All messages are there by now: what was said
        # has been answered, and the greeting came when the Playground was loaded first.
        self.page.outlast(FORGETS_AFTER)
        self.page.click('role=menuitem[name="Action Command"]')
        self.page.fill('input[placeholder="Input command id or leave blanks"]', command)
        self.page.click(f'{DIALOG} >> role=button[name="Create"]')
        selector = f"{DIALOG} >> {CARD}"
        self.page.wait(selector)
        return Card(self.page, selector)

    def send(self) -> None:
        """Send what an action command or a search has put into the compose box."""
        self.page.click(f"{SEND} >> nth=-1")

    def picture(self, path: Path) -> None:
        self.page.picture(path)
