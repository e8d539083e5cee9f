"""What lost a merge: offered once, to its author, and carried out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import pytest_asyncio

from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.model.errors import NotFound
from services.model.events import Author, Event, EventContent, EventId
from services.model.offers import OfferId
from services.model.pairs import Conflict, Pair, Side
from services.model.reach import Reach
from services.model.recurrence import Pattern, Rule
from services.storage.repositories.links import LinkChanges
from services.sync.offers import Offered, Offers
from services.sync.state.link_pass import READS_LAG
from services.sync.state.losers import TOLD_WITHIN
from tests._builders import a_person, an_event_content, timed
from tests.services.sync._scene import PERSON, Scene, renamed

LUNCH = an_event_content(title="Lunch")
MINE = replace(LUNCH, title="Mine")
TWICE = Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1, 15), until=date(2027, 1, 31))
PAYDAY = an_event_content(title="Payday", when=timed("2026-12-01T09:00"), rule=TWICE, tags=("pay",))
BONUS_DAY = date(2027, 1, 15)


@pytest_asyncio.fixture
async def offers(scene: Scene) -> Offers:
    return offers_of(scene)


def offers_of(scene: Scene) -> Offers:
    sharing = Sharing(scene.store)
    contacts = Contacts(scene.store, sharing, scene.clock)
    return Offers(scene.store, sharing, scene.events, contacts)


async def lose(scene: Scene, *, author: Author | None = None) -> Pair:
    """Give the only pair a value that lost."""
    await scene.create(LUNCH)
    await scene.sync()
    conflict = Conflict(
        "title", Side.TEAM, MINE, scene.clock.now(), author.person if author else None
    )
    pair = replace(await scene.pair(), lost=(conflict,))
    await keep(scene, pair)
    return pair


async def keep(scene: Scene, pair: Pair) -> None:
    lease = await scene.store.links.acquire(PERSON, "test", 60)
    assert lease is not None
    await scene.store.links.commit(lease, await scene.link(), LinkChanges(put_pairs=(pair,)))
    await scene.store.links.release(lease)


async def test_an_offer_is_open_until_its_author_was_told(scene: Scene, offers: Offers) -> None:
    pair, link = await lose(scene), await scene.link()
    (offered,) = await offers.open(PERSON, link.id, pair.remote)
    assert offered.offer.value == MINE and offered.offer.to == PERSON
    assert isinstance(offered.item, Event) and offered.item.content.title == "Lunch"
    (again,) = await offers.open(PERSON, link.id, pair.remote)
    assert again == offered
    await offers.told(offered.offer)
    assert await offers.open(PERSON, link.id, pair.remote) == []
    assert [each.is_told for each in await scene.store.offers.of_person(PERSON)] == [True]


@pytest.mark.parametrize("where", ["team", "outlook"])
async def test_what_lost_is_offered_though_its_item_is_deleted_in_the_same_minute(
    scene: Scene, offers: Offers, where: str
) -> None:
    """Found by the model test: whoever deleted it had never seen what lost."""
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.clock.advance(READS_LAG)
    await scene.edit(event, MINE)
    scene.edit_item(scene.item(), renamed("Theirs"))
    await scene.sync()
    if where == "team":
        await scene.delete(event)
    else:
        scene.remove_item(scene.item())
    assert not (await scene.sync()).is_done
    pair, link = await scene.pair(), await scene.link()
    (offered,) = await offers.open(PERSON, link.id, pair.remote)
    assert offered.offer.value == MINE
    scene.clock.advance(TOLD_WITHIN)
    assert (await scene.sync()).is_done
    assert (scene.items(), await scene.team()) == ([], [])


async def test_a_pair_that_kept_nothing_offers_nothing(scene: Scene, offers: Offers) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    pair, link = await scene.pair(), await scene.link()
    assert await offers.open(PERSON, link.id, pair.remote) == []
    await keep(scene, replace(pair, team=None))
    assert await offers.open(PERSON, link.id, pair.remote) == []


async def test_what_is_gone_cannot_be_overwritten_but_copied(scene: Scene, offers: Offers) -> None:
    pair, link = await lose(scene), await scene.link()
    (offered,) = await offers.open(PERSON, link.id, pair.remote)
    await scene.delete(await scene.event())
    with pytest.raises(NotFound):
        await offers.take(scene.author, offered.offer.id)
    await offers.both(scene.author, offered.offer.id)
    assert (await scene.event()).content.title == "Mine"


async def test_nobody_else_has_the_offer(scene: Scene, offers: Offers) -> None:
    pair, link = await lose(scene), await scene.link()
    (offered,) = await offers.open(PERSON, link.id, pair.remote)
    stranger = Author(a_person("ben", PERSON.tenant), "Ben")
    for answer in (offers.take, offers.both):
        with pytest.raises(NotFound):
            await answer(stranger, offered.offer.id)
    with pytest.raises(NotFound):
        await offers.keep(a_person("ben", PERSON.tenant), offered.offer.id)
    with pytest.raises(NotFound):
        await offers.take(Author(None, "Outlook"), OfferId("any"))


async def test_who_is_no_member_any_more_gets_no_offer(scene: Scene, offers: Offers) -> None:
    stranger = Author(a_person("ben", PERSON.tenant), "Ben")
    pair, link = await lose(scene, author=stranger), await scene.link()
    assert await offers.open(PERSON, link.id, pair.remote) == []
    assert stranger.person
    (kept,) = await scene.store.offers.of_person(stranger.person)
    for answer in (offers.take, offers.both):  # the card may have come before they left
        with pytest.raises(NotFound):
            await answer(stranger, kept.id)


async def test_who_is_no_member_any_more_keeps_nobody_elses_offer_away(
    scene: Scene, offers: Offers
) -> None:
    stranger = Author(a_person("ben", PERSON.tenant), "Ben")
    pair, link = await lose(scene, author=stranger), await scene.link()
    own = replace(pair.lost[0], author=None, value=replace(LUNCH, title="Hers"))
    await keep(scene, replace(pair, lost=(*pair.lost, own)))
    (offered,) = await offers.open(PERSON, link.id, pair.remote)
    assert (offered.offer.to, offered.offer.value) == (PERSON, own.value)


async def test_erasing_a_person_erases_their_offers(scene: Scene, offers: Offers) -> None:
    pair, link = await lose(scene), await scene.link()
    await offers.open(PERSON, link.id, pair.remote)
    await scene.store.offers.erase(PERSON)
    assert await scene.store.offers.of_person(PERSON) == ()


async def lose_on_a_date(scene: Scene, offers: Offers) -> Offered:
    """Rename one date of a series that Outlook cannot say, here and there."""
    event = await scene.create(PAYDAY)
    await scene.sync()
    item = next(each for each in scene.items() if each.content.start.date() == BONUS_DAY)
    scene.edit_item(item, renamed("Bonus"))
    one = replace(PAYDAY, title="Wages", when=timed("2027-01-15T09:00"), rule=None)
    await scene.events.change(
        scene.author, scene.book.id, event.id, BONUS_DAY, Reach.ONE, one, etag=event.etag
    )
    await scene.sync()
    link = await scene.link()
    (pair,) = [each for each in await scene.pairs() if each.lost]
    (offered,) = await offers.open(PERSON, link.id, pair.remote)
    return offered


async def on_that_date(scene: Scene) -> EventContent:
    (exception,) = (await scene.event()).content.exceptions
    assert exception.content is not None
    return exception.content


async def test_what_lost_on_a_date_of_a_series_is_offered(scene: Scene, offers: Offers) -> None:
    offered = await lose_on_a_date(scene, offers)
    assert (await on_that_date(scene)).title == "Bonus"
    assert isinstance(offered.item.content, EventContent)
    assert (offered.item.content.title, offered.item.content.rule) == ("Bonus", None)
    assert offered.offer.day == BONUS_DAY
    assert isinstance(offered.offer.value, EventContent)
    assert (offered.offer.value.title, offered.offer.value.tags) == ("Wages", ("pay",))
    await offers.take(scene.author, offered.offer.id)
    now = await on_that_date(scene)
    assert (now.title, now.tags) == ("Wages", ("pay",))
    await scene.sync()
    titles = {each.content.start.date(): each.content.subject for each in scene.items()}
    assert titles.pop(BONUS_DAY) == "Wages"
    assert {*titles.values()} == {"Payday"}


async def test_what_lost_on_a_date_is_kept_beside_it(scene: Scene, offers: Offers) -> None:
    offered = await lose_on_a_date(scene, offers)
    made = await offers.both(scene.author, offered.offer.id)
    assert isinstance(made, Event) and made.content.title == "Wages" and not made.content.rule
    assert (await scene.store.events.get(scene.book, EventId(offered.offer.item))).content.rule


async def test_a_date_that_is_cancelled_since_cannot_be_overwritten(
    scene: Scene, offers: Offers
) -> None:
    offered = await lose_on_a_date(scene, offers)
    event = await scene.event()
    await scene.events.cancel(scene.author, scene.book.id, event.id, BONUS_DAY, Reach.ONE)
    with pytest.raises(NotFound):
        await offers.take(scene.author, offered.offer.id)
