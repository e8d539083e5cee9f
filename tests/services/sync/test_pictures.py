"""Pictures of contacts in step, over SQLite and the sandbox, which encodes each of them anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sandbox.graph.contact_photos import as_kept
from services.books.sharing import Sharing
from services.events.events import Events
from services.jobs.sweep_photos import SweepPhotos
from services.model.contacts import Contact
from services.model.errors import Throttled, Unreachable
from services.model.links import Direction, LinkSettings, Word
from services.model.pairs import TRIES, Side
from services.model.tasks import TaskKind, book_task
from services.storage.repositories.links import LinkChanges
from services.sync.content.pictures import picture_of
from services.sync.offers import Offers
from services.sync.plan.guards import SMALL
from services.sync.state.link_pass import READS_LAG
from tests._builders import a_contact_content
from tests.services.sync._contact_scene import ContactScene, a_contact_scene
from tests.services.sync._faces import BLUE, GREEN, RED, encoded, shows
from tests.services.sync._scene import PERSON

ADA = a_contact_content()


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[ContactScene]:
    async with a_contact_scene(tmp_path) as made:
        yield made


async def test_a_picture_of_the_team_appears_in_outlook(scene: ContactScene) -> None:
    await scene.give(await scene.create(ADA), RED)
    await scene.sync()
    assert shows(scene.card().picture, RED)


async def test_a_picture_of_outlook_appears_in_the_team(scene: ContactScene) -> None:
    card = scene.write(displayName="Ada")
    scene.cards.picture(card, as_kept(RED))
    await scene.sync()
    assert shows(await scene.picture(), RED)


async def test_pictures_that_are_replaced_cross_both_ways(scene: ContactScene) -> None:
    contact = await scene.give(await scene.create(ADA), RED)
    await scene.sync()
    await scene.give(contact, BLUE)
    await scene.sync()
    assert shows(scene.card().picture, BLUE)
    scene.clock.advance(300)
    await scene.sync()
    scene.cards.picture(scene.card(), as_kept(GREEN))
    await scene.sync()
    assert shows(await scene.picture(), GREEN)


async def test_what_outlook_makes_of_our_picture_is_no_other_one(scene: ContactScene) -> None:
    contact = await scene.give(await scene.create(ADA), RED)
    await scene.sync()
    ours = (await scene.contact()).content.photo
    for _ in range(3):
        scene.clock.advance(300)
        scene.rewrite(scene.card(), jobTitle=f"Analyst at {scene.clock.now()}")
        await scene.sync()
    assert (await scene.contact()).content.photo == ours
    assert len(await scene.store.contacts.history(scene.book, contact.id)) == 4
    scene.calls()
    await scene.sync()
    assert scene.calls() == ["GET delta"]


async def paired(scene: ContactScene, picture: bytes = RED) -> Contact:
    """A contact with a picture, known on both sides for a while."""
    contact = await scene.give(await scene.create(ADA), picture)
    for _ in range(2):
        await scene.sync()
        scene.clock.advance(READS_LAG)
    return contact


async def restart(scene: ContactScene, **settings: Any) -> None:
    link = await scene.link()
    await scene.store.links.restart(replace(link, settings=LinkSettings(**settings)))


async def test_what_crosses_costs_what_it_says(scene: ContactScene) -> None:
    """Sent: both are looked at again before, and the picture after; come in: one look."""
    contact = await paired(scene)
    await scene.give(contact, BLUE)
    scene.calls()
    await scene.sync()
    contact_read, before, sent = "GET " + scene.id_of(scene.card()), "GET $value", "PUT $value"
    assert scene.calls() == ["GET delta", contact_read, before, sent]
    await scene.sync()
    assert scene.calls() == ["GET delta", before]
    scene.clock.advance(READS_LAG)
    scene.cards.picture(scene.card(), as_kept(GREEN))
    await scene.sync()
    assert scene.calls() == ["GET delta", before]
    await scene.sync()
    assert scene.calls() == ["GET delta"]


async def test_what_is_made_is_not_looked_at(scene: ContactScene) -> None:
    await scene.create(ADA)
    await scene.sync()
    scene.calls()
    await scene.sync()
    assert scene.calls() == ["GET delta"]


async def test_a_picture_taken_away_in_outlook_goes_here_as_well(scene: ContactScene) -> None:
    await paired(scene)
    scene.cards.picture(scene.card(), b"")
    await scene.sync()
    assert (await scene.contact()).content.photo == ""
    assert (await scene.sync()).is_done


async def test_a_picture_taken_away_here_stays_in_outlook_and_does_not_come_back(
    scene: ContactScene,
) -> None:
    contact = await paired(scene)
    await scene.give(contact, b"")
    await scene.sync()
    assert shows(scene.card().picture, RED)
    scene.clock.advance(READS_LAG)
    scene.rewrite(scene.card(), jobTitle="Countess")
    await scene.sync()
    content = (await scene.contact()).content
    assert (content.photo, content.job) == ("", "Countess")
    scene.cards.picture(scene.card(), as_kept(GREEN))
    await scene.sync()
    assert shows(await scene.picture(), GREEN)


async def test_two_who_replace_a_picture_at_once_lose_none(scene: ContactScene) -> None:
    contact = await paired(scene)
    await scene.give(contact, BLUE)
    scene.cards.picture(scene.card(), as_kept(GREEN))
    await scene.sync()
    assert shows(await scene.picture(), GREEN) and shows(scene.card().picture, GREEN)
    ((lost,), pair) = ((await scene.pair()).lost, await scene.pair())
    assert (lost.field, lost.side) == ("photo", Side.TEAM)
    sharing = Sharing(scene.store)
    offers = Offers(scene.store, sharing, Events(scene.store, sharing, scene.clock), scene.contacts)
    (offered,) = await offers.open(PERSON, (await scene.link()).id, pair.remote)
    await offers.take(scene.author, offered.offer.id)
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert shows(await scene.picture(), BLUE) and shows(scene.card().picture, BLUE)


async def test_what_lost_in_outlook_can_be_had_for_a_month(scene: ContactScene) -> None:
    """Nothing in the list speaks of it, and the weekly sweep leaves it alone."""
    contact = await paired(scene)
    scene.cards.picture(scene.card(), as_kept(GREEN))
    scene.clock.advance(300)
    await scene.give(contact, BLUE)
    await scene.sync()
    assert shows(scene.card().picture, BLUE)
    (lost,) = (await scene.pair()).lost
    assert lost.side is Side.REMOTE
    sweep = SweepPhotos(store=scene.store, clock=scene.clock)
    task = book_task(TaskKind.SWEEP_PHOTOS, scene.book.tenant, scene.book.id, scene.clock.now())
    scene.clock.advance(29 * 86_400)
    await sweep(task)
    photo = picture_of(lost.value)
    kept = await scene.store.photos.find(scene.book.tenant, scene.book.id, photo)
    assert shows(kept or b"", GREEN)
    scene.clock.advance(7 * 86_400)
    await sweep(task)
    assert await scene.store.photos.find(scene.book.tenant, scene.book.id, photo) is None


async def test_two_that_meet_keep_both_pictures(scene: ContactScene) -> None:
    """Neither is written over before anybody has looked at the other."""
    await scene.give(await scene.create(ADA), BLUE)
    address = {"address": ADA.emails[0]}
    theirs = scene.write(displayName=ADA.name, emailAddresses=[address])
    scene.cards.picture(theirs, as_kept(GREEN))
    await scene.sync()
    assert len(await scene.team()) == 1
    assert shows(await scene.picture(), GREEN) and shows(scene.card().picture, GREEN)
    assert [lost.field for lost in (await scene.pair()).lost] == ["photo"]


async def test_two_that_meet_with_one_picture_have_nothing_to_tell(scene: ContactScene) -> None:
    await scene.give(await scene.create(ADA), RED)
    theirs = scene.write(displayName=ADA.name, emailAddresses=[{"address": ADA.emails[0]}])
    scene.cards.picture(theirs, as_kept(RED))
    scene.calls()
    await scene.sync()
    assert (await scene.pair()).lost == ()
    assert "PUT $value" not in scene.calls()


async def test_what_is_deleted_here_while_it_gets_a_picture_there_comes_back(
    scene: ContactScene,
) -> None:
    contact = await paired(scene)
    await scene.delete(contact)
    scene.cards.picture(scene.card(), as_kept(GREEN))
    await scene.sync()
    assert shows(await scene.picture(), GREEN)
    assert len(scene.all_cards()) == 1


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_lost_answer_sends_no_picture_twice(
    scene: ContactScene, after_effect: bool
) -> None:
    contact = await paired(scene)
    await scene.give(contact, BLUE)
    scene.sandbox.faults.cut(after_effect=after_effect, method="PUT", times=2)  # aiohttp repeats it
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.calls()
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert scene.calls().count("PUT $value") == (0 if after_effect else 1)
    assert shows(scene.card().picture, BLUE) and shows(await scene.picture(), BLUE)
    assert (await scene.pair()).lost == ()


@pytest.mark.parametrize("status", [404, 409, 412])
async def test_a_conflict_while_it_is_sent_is_planned_again(
    scene: ContactScene, status: int
) -> None:
    contact = await paired(scene)
    await scene.give(contact, BLUE)
    scene.sandbox.faults.fail(status=status, method="PUT")
    await scene.sync()
    assert shows(scene.card().picture, BLUE)


@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_when_graph_says_wait_the_picture_comes_later(
    scene: ContactScene, method: str
) -> None:
    contact = await paired(scene)
    await scene.give(contact, BLUE)
    scene.sandbox.faults.fail(status=429, retry_after=1, method=method, path="$value")
    with pytest.raises(Throttled):
        await scene.sync()
    await scene.sync()
    assert shows(scene.card().picture, BLUE)


async def test_a_picture_that_is_refused_keeps_no_other_field_back(scene: ContactScene) -> None:
    contact = await paired(scene)
    contact = await scene.give(contact, BLUE)
    scene.sandbox.order("PUT */photo/$value -> 400 code=ErrorInvalidImage times=always")
    await scene.edit(contact, replace(contact.content, job="Countess"))
    await scene.sync()
    assert scene.card().says["jobTitle"] == "Countess"
    for _ in range(TRIES):
        scene.clock.advance(READS_LAG)
        await scene.sync()
    pair = await scene.pair()
    assert (pair.is_set_aside, pair.why) == (True, "ErrorInvalidImage")


async def test_a_picture_that_may_not_be_read_stays_as_it_is(scene: ContactScene) -> None:
    await paired(scene)
    scene.cards.picture(scene.card(), as_kept(GREEN))
    scene.sandbox.order("GET */photo/$value -> 403 code=ErrorAccessDenied")
    assert (await scene.sync()).is_done
    assert shows(await scene.picture(), RED)
    assert (await scene.pair()).refused == 0


async def test_what_nobody_here_can_read_as_a_picture_stays_where_it_is(
    scene: ContactScene,
) -> None:
    await paired(scene)
    scene.cards.picture(scene.card(), b"BM no picture")
    assert (await scene.sync()).is_done
    assert shows(await scene.picture(), RED)
    scene.calls()
    await scene.sync()
    assert scene.calls() == ["GET delta"]


async def test_reads_that_show_the_picture_before_ours_are_not_believed(
    scene: ContactScene,
) -> None:
    contact = await paired(scene)
    await scene.give(contact, BLUE)
    await scene.sync()
    ours = scene.card().picture
    before = scene.card().change
    scene.cards.picture(scene.card(), as_kept(RED))  # as a late read would show it
    assert not (await scene.sync()).is_done
    assert shows(await scene.picture(), BLUE)
    scene.cards.picture(scene.card(), ours)
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert scene.card().change > before
    assert shows(await scene.picture(), BLUE) and shows(scene.card().picture, BLUE)


async def test_a_contact_that_is_gone_has_not_lost_its_picture(scene: ContactScene) -> None:
    await paired(scene)
    scene.rewrite(scene.card(), jobTitle="Countess")

    def slip_in() -> None:
        scene.cards.remove(scene.card())

    scene.sandbox.faults.interpose(slip_in, method="GET", path="$value")
    await scene.sync()
    assert shows(await scene.picture(), RED)
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert await scene.team() == []


async def test_only_to_outlook_puts_another_picture_back(scene: ContactScene) -> None:
    await paired(scene)
    await restart(scene, direction=Direction.TO_OUTLOOK)
    await scene.sync()
    scene.cards.picture(scene.card(), as_kept(GREEN))
    outcome = await scene.sync()
    assert shows(scene.card().picture, RED) and shows(await scene.picture(), RED)
    assert outcome.put_back == 1
    assert [(lost.field, lost.side) for lost in (await scene.pair()).lost] == [
        ("photo", Side.REMOTE)
    ]


async def test_only_from_outlook_sends_no_picture(scene: ContactScene) -> None:
    contact = await paired(scene)
    await restart(scene, direction=Direction.FROM_OUTLOOK)
    await scene.give(contact, BLUE)
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert shows(scene.card().picture, RED) and shows(await scene.picture(), BLUE)
    scene.cards.picture(scene.card(), as_kept(GREEN))
    await scene.sync()
    assert shows(await scene.picture(), GREEN)


async def test_the_picture_of_what_a_filter_keeps_out_is_not_even_read(
    scene: ContactScene,
) -> None:
    await restart(scene, category="Harbour")
    scene.cards.picture(scene.write(displayName="Ben"), as_kept(RED))
    scene.calls()
    await scene.sync()
    assert "GET $value" not in scene.calls()
    assert await scene.team() == []


async def test_what_leaves_by_a_filter_and_comes_again_has_its_picture(
    scene: ContactScene,
) -> None:
    card = scene.write(displayName="Ben", categories=["Harbour"])
    scene.cards.picture(card, as_kept(RED))
    await restart(scene, category="Harbour")
    await scene.sync()
    scene.rewrite(scene.card(), categories=None)
    await scene.sync()
    assert await scene.team() == []
    scene.clock.advance(120 * 86_400)  # its picture is gone from the list
    await SweepPhotos(store=scene.store, clock=scene.clock)(
        book_task(TaskKind.SWEEP_PHOTOS, scene.book.tenant, scene.book.id, scene.clock.now())
    )
    scene.rewrite(scene.card(), categories=["Harbour"])
    await scene.sync()
    assert shows(await scene.picture(), RED)


async def test_a_change_key_that_stays_is_made_up_for_by_the_weekly_round(
    scene: ContactScene,
) -> None:
    await paired(scene)
    card = scene.card()
    scene.cards._cards[card.serial] = replace(card, picture=as_kept(GREEN))
    await scene.sync()
    assert shows(await scene.picture(), RED)
    scene.clock.advance(8 * 86_400)
    await scene.sync()
    assert shows(await scene.picture(), GREEN)


async def test_pictures_from_before_they_were_kept_in_step_cross_with_the_next_full_round(
    scene: ContactScene,
) -> None:
    contact = await scene.create(ADA)
    await scene.sync()
    await scene.give(contact, RED)
    pair, now = await scene.pair(), (await scene.contact()).content
    lease = await scene.store.links.acquire(PERSON, "older", 60)
    assert lease is not None
    older = LinkChanges(put_pairs=(replace(pair, agreed=now),))
    await scene.store.links.commit(lease, await scene.link(), older)
    await scene.store.links.release(lease)
    await scene.sync()
    assert not scene.card().picture
    scene.sandbox.office.delta(scene.outlook.person).expire()
    await scene.sync()
    assert shows(scene.card().picture, RED)


async def test_two_mailboxes_do_not_send_a_picture_round(scene: ContactScene) -> None:
    """Each look finds other bytes than ours, and none of them is news."""
    contact = await paired(scene)
    ours = (await scene.contact()).content.photo
    for quality in (60, 70, 90):
        scene.cards.picture(scene.card(), encoded(scene.card().picture, quality))
        scene.clock.advance(READS_LAG)
        await scene.sync()
    assert (await scene.contact()).content.photo == ours
    assert (await scene.contact()).revision == contact.revision


async def test_many_pictures_come_in_over_several_passes(scene: ContactScene) -> None:
    """Who has to wait in the middle of it goes on where it was."""
    for number in range(6):
        scene.cards.picture(scene.write(displayName=f"Ada {number}"), as_kept(RED))
    scene.sandbox.order("GET */photo/$value -> throttle skip=3 times=2")
    looks = 0
    for _ in range(2):
        with suppress(Throttled):
            await scene.sync()
        looks += scene.calls().count("GET $value")
    pictures = [await scene.picture(f"Ada {number}") for number in range(6)]
    assert all(shows(picture, RED) for picture in pictures)
    assert looks <= 6 + 2


async def test_only_to_outlook_leaves_a_picture_that_cannot_be_put_back_and_says_nothing(
    scene: ContactScene,
) -> None:
    contact = await scene.create(ADA)
    await restart(scene, direction=Direction.TO_OUTLOOK)
    await scene.sync()
    scene.cards.picture(scene.card(), as_kept(GREEN))
    assert (await scene.sync()).put_back == 0
    assert shows(scene.card().picture, GREEN) and await scene.picture() == b""
    assert (await scene.pair()).lost == ()
    await scene.edit(contact, replace(ADA, job="Countess"))
    scene.cards.picture(scene.card(), as_kept(BLUE))
    await scene.sync()
    assert scene.card().says["jobTitle"] == "Countess"
    assert shows(scene.card().picture, BLUE) and await scene.picture() == b""
    await scene.give(await scene.contact(), RED)
    await scene.sync()
    assert shows(scene.card().picture, RED)


async def test_where_nothing_crosses_no_picture_is_looked_at(scene: ContactScene) -> None:
    """Who may only read a list, and lets nothing into their Outlook."""
    await paired(scene)
    home = replace(scene.book, archived=True)
    await scene.store.books.save(home)
    await restart(scene, direction=Direction.FROM_OUTLOOK)
    scene.cards.picture(scene.card(), as_kept(GREEN))
    scene.calls()
    await scene.sync()
    await scene.sync()
    assert "GET $value" not in scene.calls()


async def test_a_preview_counts_those_that_meet_and_a_count_no_looks(scene: ContactScene) -> None:
    await scene.create(ADA)
    scene.write(displayName=ADA.name, emailAddresses=[{"address": ADA.emails[0]}])
    for number in range(SMALL + 1):
        scene.write(displayName=f"Ben {number}")
    link = await scene.link()
    await scene.store.links.save(replace(link, is_ours=False, is_started=False))
    assert (await scene.sync()).problem == "preview"
    preview = (await scene.link()).preview
    assert preview is not None
    assert (preview.come, preview.go, preview.match) == (SMALL + 1, 0, 1)
    await scene.answer(Word.START)
    told: list[tuple[int, int]] = []

    async def tell(done: int, total: int) -> None:
        told.append((done, total))

    lease = await scene.store.links.acquire(PERSON, "worker", 60)
    assert lease is not None
    await scene.engine.sync(lease, link.id, tell=tell)
    assert told[-1] == (SMALL + 3, SMALL + 3)  # with what the two that meet have to tell


async def test_a_picture_that_a_read_does_not_show_yet_comes_in_once_reads_have_caught_up(
    scene: ContactScene,
) -> None:
    """Found by the model test: it counted as none until the weekly round."""
    card = scene.write(displayName="Ben")
    await scene.sync()
    # It was there, and the read did not tell.
    scene.cards._cards[card.serial] = replace(card, picture=as_kept(RED))
    scene.calls()
    await scene.sync()
    assert scene.calls() == ["GET delta"] and await scene.picture() == b""
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert scene.calls() == ["GET delta", "GET $value"] and shows(await scene.picture(), RED)
    await scene.sync()
    assert scene.calls() == ["GET delta"]
