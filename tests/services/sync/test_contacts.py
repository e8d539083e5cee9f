"""A contact list and a contact folder in step, over SQLite and the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.books.sharing import Sharing
from services.events.events import Events
from services.graph.contacts import ContactFolder
from services.graph.remote_contact import RemoteContact
from services.model.accounts import RemoteId
from services.model.contacts import ContactContent, Phone, PhoneKind
from services.model.errors import Throttled, Unreachable, Unreadable
from services.model.links import LinkSettings
from services.sync.offers import Offers
from services.sync.state.link_pass import READS_LAG
from services.sync.state.losers import TOLD_WITHIN
from tests._builders import a_contact_content
from tests.services._contacts import FULL
from tests.services.sync._contact_scene import ContactScene, a_contact_scene
from tests.services.sync._scene import PERSON

ADA = a_contact_content()
MANY = replace(
    ADA,
    emails=tuple(f"ada{n}@engines.example" for n in range(1, 6)),
    phones=tuple(Phone(PhoneKind.BUSINESS, f"+45 70 10 00 0{n}") for n in range(1, 5)),
)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[ContactScene]:
    async with a_contact_scene(tmp_path) as made:
        yield made


def emails_of(scene: ContactScene) -> list[str]:
    return [each["address"] for each in scene.card().says.get("emailAddresses", [])]


async def test_a_contact_of_the_team_appears_in_outlook_with_all_it_says(
    scene: ContactScene,
) -> None:
    await scene.contacts.write_from_sync(PERSON, scene.book.id, None, FULL, expect_revision=0)
    await scene.sync()
    says = scene.card().says
    assert says["displayName"] == "Countess Ada Lovelace"
    assert says["birthday"] == "1815-12-10T11:59:00Z"
    assert says["homeAddress"]["state"] == "Westminster"
    assert says["categories"] == ["Harbour", "Sea"]


async def test_a_contact_of_outlook_appears_in_the_team(scene: ContactScene) -> None:
    scene.write(displayName="Ada", jobTitle="Analyst", homePhones=["+44 20"], children=["Byron"])
    await scene.sync()
    content = (await scene.contact()).content
    assert (content.name, content.job, content.children) == ("Ada", "Analyst", ("Byron",))
    assert content.phones == (Phone(PhoneKind.HOME, "+44 20"),)
    assert (await scene.contact()).updated_by.name == "Outlook"


async def test_changes_cross_both_ways(scene: ContactScene) -> None:
    contact = await scene.create(ADA)
    await scene.sync()
    contact = await scene.edit(contact, replace(ADA, job="Countess"))
    await scene.sync()
    assert scene.card().says["jobTitle"] == "Countess"
    scene.rewrite(scene.card(), companyName="Difference Engines", birthday="1815-12-10T11:59:00Z")
    await scene.sync()
    content = (await scene.contact()).content
    assert (content.company, content.birthday) == ("Difference Engines", date(1815, 12, 10))
    assert content.job == "Countess"


async def test_different_fields_changed_at_once_all_stay(scene: ContactScene) -> None:
    contact = await scene.create(ADA)
    await scene.sync()
    await scene.edit(contact, replace(ADA, notes="Likes tea"))
    scene.rewrite(scene.card(), jobTitle="Countess")
    await scene.sync()
    content = (await scene.contact()).content
    assert (content.notes, content.job) == ("Likes tea", "Countess")
    assert scene.card().says["personalNotes"] == "Likes tea"
    assert (await scene.pair()).lost == ()


async def test_one_field_changed_at_once_keeps_the_loser(scene: ContactScene) -> None:
    contact = await scene.create(ADA)
    await scene.sync()
    await scene.edit(contact, replace(ADA, job="Countess"))
    scene.rewrite(scene.card(), jobTitle="Analyst")
    await scene.sync()
    assert (await scene.contact()).content.job == "Analyst"
    (lost,) = (await scene.pair()).lost
    assert isinstance(lost.value, ContactContent)
    assert (lost.field, lost.value.job) == ("job", "Countess")


async def test_deletions_cross_both_ways(scene: ContactScene) -> None:
    one, two = await scene.create(ADA), await scene.create(replace(ADA, name="Ben", emails=()))
    await scene.sync()
    await scene.delete(one)
    (ben,) = [card for card in scene.all_cards() if card.says["displayName"] == "Ben"]
    scene.clock.advance(READS_LAG)
    scene.cards.remove(ben)
    await scene.sync()
    assert scene.all_cards() == []
    assert await scene.team() == []
    tombstone = await scene.store.contacts.find(scene.book, two.id)
    assert tombstone is not None and tombstone.deleted_at is not None


async def test_an_edit_beats_a_deletion(scene: ContactScene) -> None:
    contact = await scene.create(ADA)
    await scene.sync()
    await scene.edit(contact, replace(ADA, job="Countess"))
    scene.clock.advance(READS_LAG)
    scene.cards.remove(scene.card())
    await scene.sync()
    assert scene.card().says["jobTitle"] == "Countess"


async def test_an_edit_that_outlook_cannot_show_beats_a_deletion_too(scene: ContactScene) -> None:
    """Found by the model: a fourth address, typed while somebody deleted the contact there."""
    contact = await scene.create(replace(MANY, emails=MANY.emails[:3]))
    await scene.sync()
    await scene.edit(contact, MANY)
    scene.clock.advance(READS_LAG)
    scene.cards.remove(scene.card())
    await scene.sync()
    assert (await scene.contact()).content == MANY
    assert emails_of(scene) == list(MANY.emails[:3])


async def test_an_older_edit_that_outlook_cannot_show_keeps_no_contact(scene: ContactScene) -> None:
    contact = await scene.create(replace(MANY, emails=MANY.emails[:3]))
    await scene.sync()
    await scene.edit(contact, MANY)
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    scene.cards.remove(scene.card())
    await scene.sync()
    assert await scene.team() == []
    assert scene.all_cards() == []


async def test_a_quiet_pass_is_one_request(scene: ContactScene) -> None:
    await scene.create(ADA)
    scene.write(displayName="Ben")
    await scene.sync()
    await scene.sync()
    scene.calls()
    await scene.sync()
    assert scene.calls() == ["GET delta"]


async def test_a_full_round_from_scratch_writes_nothing(scene: ContactScene) -> None:
    await scene.create(MANY)
    scene.write(displayName="Ben", givenName="Ben", emailAddresses=[{"address": "b@b.example"}])
    await scene.sync()
    before = (scene.all_cards(), await scene.team())
    scene.sandbox.office.delta(scene.outlook.person).expire()
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert (scene.all_cards(), await scene.team()) == before


async def test_what_has_no_place_in_outlook_stays_with_the_team(scene: ContactScene) -> None:
    await scene.create(MANY)
    await scene.sync()
    assert emails_of(scene) == list(MANY.emails[:3])
    scene.rewrite(scene.card(), jobTitle="Countess")
    await scene.sync()
    content = (await scene.contact()).content
    assert (content.emails, content.phones) == (MANY.emails, MANY.phones)
    assert content.job == "Countess"


async def test_an_address_taken_out_in_outlook_makes_room_for_the_next(
    scene: ContactScene,
) -> None:
    await scene.create(MANY)
    await scene.sync()
    _, *kept = scene.card().says["emailAddresses"]
    scene.rewrite(scene.card(), emailAddresses=kept)
    await scene.sync()
    assert (await scene.contact()).content.emails == MANY.emails[1:]
    assert emails_of(scene) == list(MANY.emails[1:4])


async def test_a_number_changed_in_outlook_leaves_no_old_one(scene: ContactScene) -> None:  # F37
    await scene.create(MANY)
    await scene.sync()
    scene.rewrite(scene.card(), businessPhones=["+45 9999", "+45 70 10 00 02"])
    await scene.sync()
    numbers = [phone.number for phone in (await scene.contact()).content.phones]
    assert numbers == ["+45 9999", *(phone.number for phone in MANY.phones[1:])]
    assert scene.card().says["businessPhones"] == ["+45 9999", "+45 70 10 00 02"]


async def test_f37_contacts_without_an_address_are_kept_changed_and_deleted(
    scene: ContactScene,
) -> None:
    contact = await scene.create(replace(ADA, emails=()))
    scene.write(companyName="Engines without a name")
    await scene.sync()
    assert len(scene.all_cards()) == len(await scene.team()) == 2
    await scene.edit(contact, replace(ADA, emails=(), job="Countess"))
    await scene.sync()
    await scene.delete(contact)
    await scene.sync()
    assert [card.says.get("companyName") for card in scene.all_cards()] == [
        "Engines without a name"
    ]


async def test_f37_what_was_cleared_is_cleared_on_the_other_side(scene: ContactScene) -> None:
    scene.write(displayName="Ada", jobTitle="Analyst", mobilePhone="+45", spouseName="William")
    await scene.sync()
    contact = await scene.contact()
    await scene.edit(contact, replace(contact.content, phones=(), job=""))
    await scene.sync()
    assert not {"jobTitle", "mobilePhone"} & set(scene.card().says)
    scene.rewrite(scene.card(), spouseName=None)
    await scene.sync()
    assert (await scene.contact()).content.spouse == ""


async def test_f38_a_contact_with_nothing_in_it_is_no_accident(scene: ContactScene) -> None:
    scene.write()
    await scene.sync()
    assert (await scene.contact()).content == ContactContent(name="")
    assert (await scene.sync()).is_done


async def test_a_name_that_outlook_makes_by_itself_changes_nothing(scene: ContactScene) -> None:
    contact = await scene.create(ADA)
    await scene.sync()
    scene.rewrite(scene.card(), givenName="Augusta", surname="Lovelace")
    await scene.sync()
    contact = await scene.contact()
    await scene.edit(contact, replace(contact.content, job="Countess"))
    await scene.sync()
    assert scene.card().says["displayName"] == "Ada Byron"
    assert (await scene.contact()).content.name == "Ada Byron"


async def test_what_is_on_both_sides_already_is_joined(scene: ContactScene) -> None:
    await scene.create(ADA)
    scene.write(
        displayName="Ada Byron",
        companyName="Analytical Engines",
        emailAddresses=[{"name": "Ada", "address": "ADA@engines.example"}],
        personalNotes="Likes tea",
    )
    await scene.sync()
    assert len(scene.all_cards()) == 1
    content = (await scene.contact()).content
    assert (content.notes, content.phones) == ("Likes tea", ADA.phones)
    assert scene.card().says["businessPhones"] == [ADA.phones[0].number]
    assert (await scene.pair()).ours is False


async def test_a_lost_answer_makes_no_second_contact(scene: ContactScene) -> None:
    await scene.create(ADA)
    scene.sandbox.faults.cut(after_effect=True, method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    assert len(scene.all_cards()) == 1
    await scene.sync()
    assert len(scene.all_cards()) == len(await scene.team()) == 1
    assert (await scene.pair()).ours


async def test_an_edit_after_a_lost_answer_is_kept(scene: ContactScene) -> None:
    await scene.create(ADA)
    scene.sandbox.faults.cut(after_effect=True, method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.rewrite(scene.card(), jobTitle="Countess")
    await scene.sync()
    assert (await scene.contact()).content.job == "Countess"
    assert len(scene.all_cards()) == 1


async def test_a_copy_made_after_a_lost_answer_is_somebodys_own(scene: ContactScene) -> None:
    await scene.create(ADA)
    scene.sandbox.faults.cut(after_effect=True, method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    original = scene.card()
    scene.clock.advance(5)
    copy = scene.cards.copy(original)
    await scene.sync()
    ours = {pair.remote: pair.ours for pair in await scene.pairs()}
    assert ours == {
        scene.cards.id_of(original.serial): True,
        scene.cards.id_of(copy.serial): False,
    }
    assert len(await scene.team()) == len(scene.all_cards()) == 2


async def test_a_create_that_never_arrived_is_sent_again(scene: ContactScene) -> None:
    await scene.create(ADA)
    scene.sandbox.faults.cut(method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    assert scene.all_cards() == []
    assert not (await scene.sync()).is_done  # reads may lag: whoever sends now may double it
    assert scene.all_cards() == []
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert scene.card().says["displayName"] == "Ada Byron"


async def test_f27_what_was_sent_again_and_is_shown_late_is_not_sent_a_third_time(
    scene: ContactScene,
) -> None:
    await scene.create(ADA)
    scene.sandbox.faults.cut(method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.clock.advance(READS_LAG)
    scene.sandbox.order("NOW mara -> lag seconds=110")
    scene.sandbox.faults.cut(after_effect=True, method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    for _ in range(15):
        scene.clock.advance(10)
        await scene.sync()
    assert len(scene.all_cards()) == len(await scene.team()) == 1


@pytest.mark.parametrize("seconds", [20, 110])
async def test_f27_a_contact_that_is_shown_late_is_not_sent_twice(
    scene: ContactScene, seconds: int
) -> None:
    scene.sandbox.order(f"NOW mara -> lag seconds={seconds}")
    await scene.create(ADA)
    scene.sandbox.faults.cut(after_effect=True, method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    for _ in range(15):
        scene.clock.advance(10)
        await scene.sync()
    assert len(scene.all_cards()) == len(await scene.team()) == 1
    assert (await scene.pair()).ours


async def test_f27_it_is_not_sent_again_while_nobody_can_tell_whether_it_arrived(
    scene: ContactScene,
) -> None:
    await scene.create(ADA)
    scene.sandbox.faults.cut(after_effect=True, method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.sandbox.order("GET */contacts/delta -> forget")
    scene.sandbox.order("GET */contacts -> 400 code=ErrorInvalid times=5")
    for _ in range(5):
        scene.clock.advance(READS_LAG)
        await scene.sync()
    assert scene.sandbox.faults.is_quiet and len(scene.all_cards()) == 1
    (intent,) = await scene.store.links.intents(await scene.link())
    assert (intent.is_set_aside, intent.why) == (True, "ErrorInvalid")


async def test_f33_a_round_that_is_ahead_of_the_tags_shows_our_contact_as_ours(
    scene: ContactScene,
) -> None:
    ada = await scene.create(ADA)
    scene.sandbox.faults.cut(after_effect=True, method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.sandbox.order("GET */contacts -> forget times=2")
    scene.write(displayName="Ben")
    await scene.sync()
    pairs = {pair.team: pair.ours for pair in await scene.pairs()}
    assert pairs.pop(ada.id) and list(pairs.values()) == [False]
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert len(scene.all_cards()) == len(await scene.team()) == 2


async def test_what_cannot_be_read_for_its_tag_is_somebodys_own(
    scene: ContactScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.create(ADA)
    scene.sandbox.faults.cut(method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.write(displayName="Ben")

    async def unreadable(self: ContactFolder, id: RemoteId) -> RemoteContact:
        raise Unreadable("shape")

    with monkeypatch.context() as odd:
        odd.setattr(ContactFolder, "get", unreadable)
        await scene.sync()
    assert [pair.ours for pair in await scene.pairs()] == [False]
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert len(scene.all_cards()) == len(await scene.team()) == 2


async def test_a_contact_that_was_throttled_need_not_wait_for_reads(scene: ContactScene) -> None:
    await scene.create(ADA)
    scene.sandbox.faults.fail(status=429, retry_after=1, method="POST")
    with pytest.raises(Throttled):
        await scene.sync()
    await scene.sync()
    assert len(scene.all_cards()) == 1


async def test_many_that_were_throttled_need_not_wait_for_reads_either(scene: ContactScene) -> None:
    for number in range(4):
        await scene.create(replace(ADA, name=f"Ada {number}"))
    scene.sandbox.faults.fail(status=429, retry_after=5, method="POST", times=2)
    with pytest.raises(Throttled):
        await scene.sync()
    scene.sandbox.faults.clear()
    assert (await scene.sync()).is_done
    assert len(scene.all_cards()) == 4


async def test_a_lost_answer_to_a_change_is_found_done(scene: ContactScene) -> None:
    contact = await scene.create(ADA)
    await scene.sync()
    await scene.edit(contact, replace(ADA, job="Countess"))
    scene.sandbox.faults.cut(after_effect=True, method="PATCH")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert scene.card().says["jobTitle"] == "Countess"


async def test_an_edit_that_slips_in_is_merged_and_not_written_over(scene: ContactScene) -> None:
    contact = await scene.create(ADA)
    await scene.sync()
    await scene.edit(contact, replace(ADA, job="Countess"))

    def slip_in() -> None:
        scene.rewrite(scene.card(), spouseName="William")

    scene.sandbox.faults.interpose(slip_in, method="PATCH")
    await scene.sync()
    content = (await scene.contact()).content
    assert (content.job, content.spouse) == ("Countess", "William")
    assert scene.card().says["jobTitle"] == "Countess"


async def test_a_process_may_die_at_any_commit(scene: ContactScene) -> None:
    for number in range(1, 30):
        await scene.create(replace(ADA, name=f"Ada {number}", emails=()))
        scene.write(displayName=f"Ben {number}")
        if not await scene.sync_until_crash(number, is_after=bool(number % 2)):
            break
    await scene.sync()
    names = sorted(contact.content.name for contact in await scene.team())
    assert sorted(card.says["displayName"] for card in scene.all_cards()) == names
    assert len(set(names)) == len(names) == 2 * number


async def test_a_lost_cursor_doubles_nothing(scene: ContactScene) -> None:
    await scene.create(ADA)
    await scene.sync()
    scene.sandbox.office.delta(scene.outlook.person).expire()
    scene.write(displayName="Ben")
    await scene.sync()
    assert len(scene.all_cards()) == len(await scene.team()) == 2


async def test_a_deleted_folder_pauses_the_link_and_deletes_nothing(scene: ContactScene) -> None:
    await scene.create(ADA)
    await scene.sync()
    scene.cards.remove_folder(scene.folder)
    outcome = await scene.sync()
    assert outcome.problem == "calendar_gone"
    assert not (await scene.link()).active
    assert len(await scene.team()) == 1


async def test_very_many_deletions_wait_for_a_word(scene: ContactScene) -> None:
    for number in range(12):
        scene.write(displayName=f"Ada {number}")
    await scene.sync()
    for card in scene.all_cards():
        scene.cards.remove(card)
    assert (await scene.sync()).problem == "too_many_deletions"
    assert len(await scene.team()) == 12


async def test_a_contact_that_outlook_refuses_keeps_nobody_waiting(scene: ContactScene) -> None:
    await scene.create(ADA)
    await scene.create(replace(ADA, name="Ben", emails=("ben@b.example",)))
    scene.sandbox.faults.fail(status=400, code="ErrorPropertyValidationFailure", method="POST")
    await scene.sync()
    assert len(scene.all_cards()) >= 1
    await scene.sync()
    assert len(scene.all_cards()) == 2


@pytest.mark.parametrize(("method", "times"), [("POST", 6), ("GET", 12)])
async def test_f28_a_contact_that_meets_conflicts_alone_is_not_set_aside(
    scene: ContactScene, method: str, times: int
) -> None:
    """A conflict over its create, and one over the search for what may have arrived."""
    await scene.create(ADA)
    scene.sandbox.faults.cut(method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.clock.advance(READS_LAG)
    scene.sandbox.order(f"{method} */contacts -> 412 times={times}")  # a read is repeated at once
    for _ in range(6):
        assert not (await scene.sync()).is_done
    assert scene.sandbox.faults.is_quiet
    assert (await scene.link()).tally.set_aside == 0
    assert (await scene.sync()).is_done
    assert len(scene.all_cards()) == 1


async def test_a_write_in_the_team_wakes_the_link_but_not_the_one_it_came_from(
    scene: ContactScene,
) -> None:
    async def waiting() -> int:
        return len(await scene.store.tasks.claim("somebody", 10, 60))

    scene.write(displayName="Ben")
    await scene.sync()
    assert await waiting() == 0
    await scene.create(ADA)
    assert await waiting() == 1


async def test_a_category_chooses_among_contacts_too(scene: ContactScene) -> None:
    link = await scene.link()
    await scene.store.links.restart(replace(link, settings=LinkSettings(category="Harbour")))
    scene.write(displayName="Ben", categories=["harbour"])
    scene.write(displayName="Cleo")
    ada = await scene.create(replace(ADA, name="Ada", tags=("Harbour",)))
    await scene.create(replace(ADA, name="Dan"))
    await scene.sync()
    assert sorted(card.says["displayName"] for card in scene.all_cards()) == ["Ada", "Ben", "Cleo"]
    assert sorted(each.content.name for each in await scene.team()) == ["Ada", "Ben", "Dan"]
    await scene.edit(ada, replace(ada.content, tags=()))
    await scene.sync()
    assert sorted(card.says["displayName"] for card in scene.all_cards()) == ["Ben", "Cleo"]
    assert sorted(each.content.name for each in await scene.team()) == ["Ada", "Ben", "Dan"]


async def test_what_lost_of_a_contact_is_offered_and_had_back_or_beside(
    scene: ContactScene,
) -> None:
    for answer, jobs in (("take", ["Analyst"]), ("both", ["Analyst", "Countess"])):
        contact = await scene.create(replace(ADA, name=f"Ada {answer}"))
        await scene.sync()
        await scene.edit(contact, replace(contact.content, job="Analyst"))
        (card,) = (
            each for each in scene.all_cards() if each.says["displayName"] == f"Ada {answer}"
        )
        scene.rewrite(card, jobTitle="Countess")
        await scene.sync()
        (pair,) = (each for each in await scene.pairs() if each.lost)
        sharing = Sharing(scene.store)
        events = Events(scene.store, sharing, scene.clock)
        offers = Offers(scene.store, sharing, events, scene.contacts)
        (offered,) = await offers.open(PERSON, (await scene.link()).id, pair.remote)
        assert (offered.offer.field, offered.offer.to) == ("job", PERSON)
        for _ in range(2):  # pressed twice
            await getattr(offers, answer)(scene.author, offered.offer.id)
        await scene.sync()
        await scene.sync()
        now = [each.content for each in await scene.team() if each.content.name == f"Ada {answer}"]
        shown = [each.says for each in scene.all_cards() if each.says["displayName"] == now[0].name]
        assert sorted(each.job for each in now) == jobs
        assert sorted(each["jobTitle"] for each in shown) == jobs
        (pair,) = (each for each in await scene.pairs() if each.lost)
        await scene.delete(next(each for each in await scene.team() if each.id == pair.team))
        scene.clock.advance(TOLD_WITHIN)
        await scene.sync()
