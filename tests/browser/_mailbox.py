"""What a person does "as in Outlook": the sandbox's own page of a mailbox's week."""

from __future__ import annotations

from datetime import date

from tests.browser._browser import Page

__all__ = ["MailboxPage"]


class MailboxPage:
    """A mailbox, a week at a time."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url

    def show(self, day: date) -> None:
        """Go to the week of a day."""
        self.page.open(f"{self._url}?day={day.isoformat()}")

    def wait_for(self, title: str) -> str:
        """Wait until the sync has brought an event to this week; return what its box shows."""
        self.page.seek(self._box(title))
        return self.page.text(self._box(title))

    def wait_until_gone(self, title: str) -> None:
        """Wait until the sync has taken an event from this week."""
        self.page.seek(self._box(title), "hidden")

    def count(self, title: str) -> int:
        return self.page.count(self._box(title))

    def add(self, title: str, day: date, start: str, end: str) -> None:
        """Add an event."""
        for name, text in {"title": title, "day": day.isoformat(), "start": start}.items():
            self.page.fill(f"input[name={name}]", text)
        self.page.fill("input[name=end]", end)
        self.page.click('role=button[name="Add event"]')

    def rename(self, title: str, new_title: str) -> None:
        """Open an event, give it another title and save it."""
        self.page.click(self._box(title))
        self.page.fill("input[name=title]", new_title)
        self.page.click('role=button[name="Save"]')

    def delete(self, title: str) -> None:
        self.page.click(self._box(title))
        self.page.click('role=button[name="Delete event"]')

    @staticmethod
    def _box(title: str) -> str:
        return f'a.event:has-text("{title}")'
