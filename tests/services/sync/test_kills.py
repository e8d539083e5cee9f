"""A process may be killed anywhere, and the next one goes on: nothing doubled, lost or mailed.

What can be told from outside are commits and requests that write, so a kill between two of them
is a kill at the first one's end. A pass that has everything to do is run once for each of its
effects and killed there, before it and after it; and a series of kills strikes at random.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from sandbox.graph.contact_photos import as_kept
from services.model.contacts import ContactContent
from services.model.errors import Unreachable
from services.model.events import Author, Event, EventContent
from services.sync.state.link_pass import READS_LAG
from services.sync.state.losers import TOLD_WITHIN
from tests._builders import an_event_content, timed
from tests.services._office import MARA as OUTLOOK
from tests.services._office import MARA_ID
from tests.services.sync._contact_scene import a_contact_scene
from tests.services.sync._effects import places, watched
from tests.services.sync._faces import BLUE, GREEN, RED, shows
from tests.services.sync._mortal import Fate, World, a_world
from tests.services.sync._rare_places import RARE, check, settle
from tests.services.sync._scene import a_scene, outlook_event

MARA = Author(MARA_ID, "Mara")
LUNCH = an_event_content(when=timed("2026-11-20T12:00"))

EFFECTS = {
    "keep task",  # claimed, put again, handed back
    "keep turn",  # whose tenant's turn it is
    "keep lease",
    "remove",  # a task that is done, a lease that is let go
    "keep lease link pair",  # what was pulled of items that were known
    "keep cursor lease pair",  # the last of the new ones, tied to what the team has of them
    "keep lease pair",  # both sides agree; what loses a merge, before it is written over
    "keep lease link",  # how the pass has ended
    "keep intent lease",  # a create, before it is sent
    "keep event",  # the team's side: new,
    "keep audit event history",  # ... changed,
    "keep audit bin event history",  # ... and deleted
    "keep offer",  # the loser, for a card
    "POST event",
    "PATCH event",
    "DELETE event",
}
"""Everything that a pass and its worker do to the world: what is new here wants a thought."""


SENT_AGAIN = "recover._go_on commit 2"
"""Of contacts alone: that a create is sent again is written down, as they have no transactions."""
OF_PICTURES = {
    "pictures.look commit",
    "pictures.recheck_picture commit",
    "pictures.update set_picture",
}
"""Of contacts alone, too: events have none."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as made:
        yield made


def named(title: str, place: str = "") -> EventContent:
    return replace(LUNCH, title=title, place=place)


class Round:
    """A day in which everything happens, on both sides, with titles of its own."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.number = number
        self.mine: dict[str, Event] = {}

    def title(self, word: str) -> str:
        return f"{word} {self.number}"

    async def before(self) -> None:
        """What both sides have already."""
        for word in ("Changed", "Deleted", "Clash"):
            self.mine[word] = await self.create(word)
        for word in ("Theirs", "Removed"):
            self.world.outlook.add(outlook_event(self.title(word)))
        assert await self.world.live(Fate())

    async def happen(self) -> None:
        """What nobody has synced yet."""
        events, book = self.world.people.events, (await self.world.people.link()).book
        for word in ("New", "Newer"):  # a batch
            await self.create(word)
        changed, clash = self.mine["Changed"], self.mine["Clash"]
        await events.edit(MARA, book, changed.id, named(self.title("Changed"), place="Quay 4"))
        await events.delete(MARA, book, self.mine["Deleted"].id)
        await events.edit(MARA, book, clash.id, named(self.title("Here")))
        self.world.edit_item(self.title("Clash"), outlook_event(self.title("There")))
        self.world.edit_item(self.title("Theirs"), outlook_event(self.title("Theirs now")))
        self.world.remove_item(self.title("Removed"))
        for word in ("New there", "Newer there"):
            self.world.outlook.add(outlook_event(self.title(word)))

    def expected(self) -> set[str]:
        news = ("New", "Newer", "New there", "Newer there")
        return {self.title(each) for each in ("Changed", "There", "Theirs now", *news)}

    async def create(self, word: str) -> Event:
        book = (await self.world.people.link()).book
        return await self.world.people.events.create(MARA, book, named(self.title(word)))

    async def check(self) -> None:
        """Both sides have what they should, once; the sweep goes on; nobody got mail."""
        world, expected = self.world, self.expected()
        team = [event.content for event in await world.people.team()]
        assert sorted(content.title for content in team) == sorted(expected)
        assert sorted(item.content.subject for item in world.items()) == sorted(expected)
        link = await world.people.link()
        pairs = await world.store.links.pairs(link)
        # What is gone in Outlook is still known for a while.
        assert len([pair for pair in pairs if pair.observed]) == len(expected)
        assert await world.store.links.intents(link) == []
        lost = [lost.value for pair in pairs for lost in pair.lost]
        assert [each.title for each in lost] == [self.title("Here")]
        offers = await world.store.offers.of_person(MARA_ID)
        paired = {pair.team for pair in pairs}
        assert [each.is_told for each in offers if each.item in paired] == [True]
        assert world.outlook.mails == []
        assert await world.store.tasks.soonest() is not None
        assert await world.store.tasks.all_set_aside() == []

    async def clear(self) -> None:
        """Leave nothing to the next round, which would only take longer."""
        events, book = self.world.people.events, (await self.world.people.link()).book
        for event in await self.world.people.team():
            await events.delete(MARA, book, event.id)
        self.world.clock.advance(TOLD_WITHIN)
        assert await self.world.live(Fate())
        assert self.world.items() == []


async def begun(world: World, number: int, *, full: bool) -> Round:
    """Play a round up to where somebody has to sync it."""
    this = Round(world, number)
    await this.before()
    await this.happen()
    if full:
        world.sandbox.office.delta(OUTLOOK).expire()
    return this


async def ended(this: Round) -> None:
    """Let others go on after whoever may have died, and look."""
    await this.world.rest()
    await this.check()
    await this.clear()


async def live_through(world: World, number: int, fate: Fate, *, full: bool = False) -> bool:
    """Play a round in which a process dies; return whether its death came."""
    this = await begun(world, number, full=full)
    survived = await world.live(fate)
    await ended(this)
    return not survived


async def test_what_a_pass_does_to_the_world_is_known(world: World) -> None:
    """The list of points: an effect of a new kind has to be thought about, and added."""
    effects, seen = set[str](), set[str]()
    for number, full in enumerate((False, True)):
        this, fate = await begun(world, number, full=full), Fate()
        with watched() as come_through:  # only where a process is killed: by this one
            assert await world.live(fate)
        effects |= {*fate.effects}
        seen |= come_through
        await ended(this)
    assert effects == EFFECTS
    rare = {SENT_AGAIN, *OF_PICTURES}.union(*(wanted for _, wanted in RARE.values()))
    assert places() - seen == rare, "a process has to be killed there, too"


@pytest.mark.slow
@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("effect", sorted(EFFECTS))
async def test_a_process_may_be_killed_at_every_effect(
    world: World, effect: str, is_after: bool
) -> None:
    """At the first effect of a name, at the second, and so on, until there are no more."""
    # What is pulled is pulled in two ways.
    is_pulled = "cursor" in effect or effect == "keep lease link pair"
    for full in (False, True) if is_pulled else (False,):
        number, died = 0, True
        while died:
            number += 1
            fate = Fate(at=(effect, number), is_after=is_after)
            died = await live_through(world, number, fate, full=full)
        assert number > 1, "nobody was killed"


@pytest.mark.slow
@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("name", RARE)
async def test_a_process_may_be_killed_where_a_pass_seldom_comes(
    tmp_path: Path, name: str, is_after: bool
) -> None:
    """At the first commit of a pass, at the second, and so on."""
    play, wanted = RARE[name]
    commit, died, seen = 0, True, set[str]()
    while died:
        commit += 1
        (folder := tmp_path / str(commit)).mkdir()
        async with a_scene(folder) as scene:
            await play(scene)
            with watched() as come_through:
                died = await scene.sync_until_crash(commit, is_after=is_after)
            seen |= come_through
            await settle(scene)
            await check(scene)
    assert commit > 1, "nobody was killed"
    assert wanted <= seen


@pytest.mark.slow
@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
async def test_a_process_may_be_killed_where_a_contact_is_sent_again(
    tmp_path: Path, is_after: bool
) -> None:
    commit, died, seen = 0, True, set[str]()
    while died:
        commit += 1
        (folder := tmp_path / str(commit)).mkdir()
        async with a_contact_scene(folder) as scene:
            await scene.create(ContactContent(name="Ana Silva"))
            scene.sandbox.faults.cut(method="POST", path="/contacts")
            with suppress(Unreachable):
                await scene.sync()
            scene.clock.advance(READS_LAG)
            with watched() as come_through:
                died = await scene.sync_until_crash(commit, is_after=is_after)
            seen |= come_through
            for _ in range(3):
                scene.clock.advance(READS_LAG)
                await scene.sync()
            assert [card.says["displayName"] for card in scene.all_cards()] == ["Ana Silva"]
            assert len(await scene.team()) == len(await scene.pairs()) == 1
            assert await scene.store.links.intents(await scene.link()) == []
    assert commit > 1, "nobody was killed"
    assert SENT_AGAIN in seen


@pytest.mark.slow
@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
async def test_a_process_may_be_killed_where_pictures_cross(tmp_path: Path, is_after: bool) -> None:
    """One that is new here, one that is new there, and one that two people replace at once."""
    commit, died, seen = 0, True, set[str]()
    while died:
        commit += 1
        (folder := tmp_path / str(commit)).mkdir()
        async with a_contact_scene(folder) as scene:
            clash = await scene.give(await scene.create(ContactContent(name="Clash")), RED)
            theirs = scene.write(displayName="Theirs")
            await scene.sync()
            scene.clock.advance(READS_LAG)
            await scene.sync()
            await scene.give(clash, BLUE)
            await scene.give(await scene.create(ContactContent(name="Mine")), BLUE)
            scene.cards.picture(scene.named("Clash"), as_kept(GREEN))
            scene.cards.picture(theirs, as_kept(GREEN))
            with watched() as come_through:
                died = await scene.sync_until_crash(commit, is_after=is_after)
            seen |= come_through
            for _ in range(3):
                scene.clock.advance(READS_LAG)
                await scene.sync()
            meant = {"Clash": GREEN, "Theirs": GREEN, "Mine": BLUE}
            for name, picture in meant.items():
                assert shows(scene.named(name).picture, picture)
                assert shows(await scene.picture(name), picture)
            assert len(await scene.team()) == len(scene.all_cards()) == len(meant)
            lost = [each for pair in await scene.pairs() for each in pair.lost]
            assert [each.field for each in lost] == ["photo"]
            scene.calls()
            await scene.sync()
            assert scene.calls() == ["GET delta"]
    assert commit > 1, "nobody was killed"
    assert seen >= OF_PICTURES


async def test_processes_may_be_killed_one_after_another(world: World) -> None:
    """At random, and the next ones too before they have mended what the first has left."""
    random = Random(2611)
    for number in range(1, 4):
        this = Round(world, number)
        await this.before()
        await this.happen()
        for _ in range(4):
            await world.live(Fate(at=random.randint(1, 30), is_after=random.random() < 0.5))
            world.clock.advance(301)
        await world.rest()
        await this.check()
        await this.clear()
