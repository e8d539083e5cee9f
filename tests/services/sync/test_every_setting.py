"""Each combination of a link's settings, on one living link, in a disorder that is always the same.

What is to be seen is worked out here from the words of the settings alone, and from what was there
before: what may not be changed on a side stays there as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import product
from random import Random

import pytest

from sandbox.items import Content, Item
from services.model.events import EventContent, Sensitivity, ShowAs
from services.model.links import Direction, LinkSettings, Privacy
from services.model.veil import BUSY
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content, timed
from tests.services.sync._scene import Scene, outlook_event

CATEGORY = "Work"
PASSES = 6
NARROW = 31
ALL = [
    LinkSettings(
        direction=direction,
        privacy=privacy,
        category=category,
        busy_only=busy_only,
        reminders=reminders,
        days_ahead=days_ahead,
    )
    for direction, privacy, category, busy_only, reminders, days_ahead in product(
        Direction, Privacy, ("", CATEGORY), (False, True), (True, False), (NARROW, 366)
    )
]
FAR = "2027-03-01"
"""In the wide window, and not in the narrow one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One item on each side."""

    tags: tuple[str, ...] = (CATEGORY,)
    is_free: bool = False
    is_private: bool = False
    day: str = "2026-11-25"

    def passes(self, chosen: LinkSettings, *, is_import: bool) -> bool:
        if chosen.category and chosen.category not in self.tags:
            return False
        if is_import and chosen.privacy is Privacy.SKIP_PRIVATE and self.is_private:
            return False
        return not (chosen.busy_only and self.is_free)

    def in_outlook(self, title: str) -> Content:
        content = outlook_event(title, day=self.day)
        said = {
            "categories": list(self.tags),
            "showAs": "free" if self.is_free else "busy",
            "sensitivity": "private" if self.is_private else "normal",
            "isReminderOn": True,
            "reminderMinutesBeforeStart": 30,
        }
        return replace(content, plain={**content.plain, **said})

    def in_team(self, title: str) -> EventContent:
        return an_event_content(
            title=title,
            when=timed(f"{self.day}T09:00"),
            tags=self.tags,
            show_as=ShowAs.FREE if self.is_free else ShowAs.BUSY,
            sensitivity=Sensitivity.PRIVATE if self.is_private else Sensitivity.NORMAL,
            reminder_minutes=15,
        )


KINDS: Mapping[str, Kind] = {
    "plain": Kind(),
    "untagged": Kind(tags=()),
    "free": Kind(is_free=True),
    "private": Kind(is_private=True),
    "far": Kind(day=FAR),
}


async def calmed(scene: Scene) -> None:
    for _ in range(PASSES):
        scene.clock.advance(READS_LAG)
        outcome = await scene.sync()
        assert outcome.problem == ""
        if outcome.is_done and not scene.writes():
            return
    raise AssertionError("it does not come to rest")


def reminds(item: Item) -> int | None:
    plain = item.content.plain
    return plain["reminderMinutesBeforeStart"] if plain["isReminderOn"] else None


@dataclass(slots=True)
class Expected:
    """What is to be seen, by what was chosen until now."""

    imports: dict[str, str]
    """By kind, the title under which the team sees a person's item."""
    copies: dict[str, int | None]
    """By kind, how many minutes before our copy reminds."""

    def choose(self, chosen: LinkSettings) -> None:
        for name, kind in KINDS.items():
            if chosen.direction is not Direction.TO_OUTLOOK:
                self._enters(name, kind, chosen)
            if chosen.direction is not Direction.FROM_OUTLOOK:
                self._leaves(name, kind, chosen)

    def look_away(self, name: str, shown: Collection[str], there: Mapping[str, Item]) -> None:
        """Take what is out of the window for what it is: it may stay as it was."""
        self.imports.pop(name, None)
        self.copies.pop(name, None)
        if f"their {name}" in shown:
            self.imports[name] = f"their {name}"
        elif Counter(shown)[BUSY] > [*self.imports.values()].count(BUSY):
            self.imports[name] = BUSY
        if copy := there.get(f"our {name}"):
            self.copies[name] = reminds(copy)

    def _enters(self, name: str, kind: Kind, chosen: LinkSettings) -> None:
        if kind.passes(chosen, is_import=True):
            hides = chosen.privacy is Privacy.BUSY_ONLY
            self.imports[name] = BUSY if hides else f"their {name}"
        else:
            self.imports.pop(name, None)

    def _leaves(self, name: str, kind: Kind, chosen: LinkSettings) -> None:
        if kind.passes(chosen, is_import=False):
            self.copies[name] = 15 if chosen.reminders else None
        else:
            self.copies.pop(name, None)


@pytest.mark.slow
@pytest.mark.parametrize("disorder", [1, 2])
async def test_whatever_is_chosen_after_whatever_each_side_shows_what_it_may(
    scene: Scene, disorder: int
) -> None:
    theirs = {name: kind.in_outlook(f"their {name}") for name, kind in KINDS.items()}
    for content in theirs.values():
        scene.outlook.add(content)
    for name, kind in KINDS.items():
        await scene.create(kind.in_team(f"our {name}"))
    expected = Expected({}, {})
    every = list(ALL)
    Random(disorder).shuffle(every)
    for chosen in every:
        await scene.store.links.restart(replace(await scene.link(), settings=chosen))
        await calmed(scene)
        expected.choose(chosen)
        items = {item.content.subject: item for item in scene.items()}
        shown = sorted(each.content.title for each in await scene.team())
        here = [f"our {name}" for name in KINDS]
        if chosen.days_ahead == NARROW:
            expected.look_away("far", shown, items)
        assert shown == sorted([*here, *expected.imports.values()]), chosen
        copies = {f"our {name}": minutes for name, minutes in expected.copies.items()}
        assert {title: reminds(items[title]) for title in items if title in here} == copies, chosen
        for content in theirs.values():
            now = items[content.subject].content
            changed = {k: (v, now.plain[k]) for k, v in content.plain.items() if now.plain[k] != v}
            assert now == content, f"a person's own item was written: {changed}, by {chosen}"
    assert scene.outlook.mails == []
