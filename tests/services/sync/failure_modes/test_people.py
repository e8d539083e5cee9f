"""Several people and one calendar: F3, F4, F5 and F35. Each mailbox is its owner's alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sandbox.people import PEOPLE, SamplePerson
from sandbox.writing import attended_by
from services.model.errors import NotFound, ReadOnly, SignInNeeded, Unreachable
from services.model.events import Author
from services.model.identity import Person
from services.model.links import LinkSettings, Privacy
from services.model.pairs import Side
from services.model.recurrence import Pattern, Rule
from services.sync.state.link_pass import READS_LAG
from services.sync.state.losers import TOLD_WITHIN
from tests._builders import a_channel_home, an_event_content, timed
from tests.services.sync._scene import outlook_event, renamed
from tests.services.sync.failure_modes._shared import INES, MARA, SharedScene, person_of

LUNCH = an_event_content(title="Lunch", when=timed("2026-11-20T12:00"))


async def meet(shared: SharedScene) -> None:
    """A meeting of Mara's with Ines, as each finds it in their own mailbox."""
    review = outlook_event("Review")
    shared.outlook(MARA).add(attended_by(review, (INES.display_name, INES.mail)))
    guest = attended_by(review, (INES.display_name, INES.mail))
    shared.outlook(INES).add(guest, organizer=(MARA.display_name, MARA.mail))


async def test_f3_a_meeting_that_two_members_have_is_one_event(shared: SharedScene) -> None:
    await meet(shared)
    await shared.sync_both(3)
    (event,) = await shared.team()
    assert event.mirror is not None
    assert [pair.team for pair in await shared.pairs(MARA)] == [event.id]
    assert [pair.team for pair in await shared.pairs(INES)] == [event.id]
    assert shared.titles(MARA) == shared.titles(INES) == ["Review"]
    assert shared.writes() == []


async def test_f4_an_id_of_one_mailbox_is_never_asked_of_another(shared: SharedScene) -> None:
    await shared.create(MARA, LUNCH)
    shared.outlook(INES).add(outlook_event("Dinner"))
    await shared.sync_both(2)
    for who, other in ((MARA, INES), (INES, MARA)):
        remotes = [pair.remote for pair in await shared.pairs(who)]
        assert len(remotes) == 2
        assert all(shared.outlook(who).find(id) for id in remotes)
        assert not any(shared.outlook(other).find(id) for id in remotes)
    for item in shared.items(MARA):
        seen = shared.outlook(MARA).get(shared.outlook(MARA).id_of(item))
        shared.outlook(MARA).edit(seen, renamed(f"New {item.content.subject}")(seen.content))
    await shared.sync_both(2)
    assert shared.titles(INES) == ["New Dinner", "New Lunch"]
    assert {call.status for call in shared.stage.sandbox.door.seen} <= {200, 201, 204}


async def test_f5_a_guest_cannot_take_the_meeting_from_its_organiser(shared: SharedScene) -> None:
    await meet(shared)
    await shared.sync_both()
    (event,) = await shared.team()
    with pytest.raises(ReadOnly):
        await shared.stage.events.edit(
            Author(person_of(INES), "Ines"),
            shared.book.id,
            event.id,
            replace(event.content, title="Mine"),
        )
    before = shared.items(MARA)
    mails = len(shared.outlook(MARA).mails)
    await shared.sync_both(2)
    assert shared.items(MARA) == before and len(shared.outlook(MARA).mails) == mails
    assert shared.writes() == []


async def test_f25_an_account_that_is_closed_stops_nobody_else(shared: SharedScene) -> None:
    await shared.create(INES, LUNCH)
    shared.stage.sandbox.faults.fail(status=401, times=2)
    with pytest.raises(SignInNeeded):
        await shared.sync(MARA)
    await shared.sync(INES)
    assert (shared.titles(MARA), shared.titles(INES)) == ([], ["Lunch"])
    await shared.sync(MARA)  # she has signed in again
    assert shared.titles(MARA) == ["Lunch"]


async def test_f31_an_id_of_anothers_calendar_opens_nothing(shared: SharedScene) -> None:
    event = await shared.create(MARA, LUNCH)
    stranger = Author(person_of(PEOPLE[2]), "Sam")
    events = shared.stage.events
    with pytest.raises(NotFound):
        await events.get(person_of(PEOPLE[2]), shared.book.id, event.id)
    with pytest.raises(NotFound):
        await events.edit(stranger, shared.book.id, event.id, replace(LUNCH, title="Mine"))
    with pytest.raises(NotFound):
        await events.delete(stranger, shared.book.id, event.id)
    assert [each.content for each in await shared.team()] == [LUNCH]


async def test_f35_each_member_needs_their_own_mailbox_and_nothing_else(
    shared: SharedScene,
) -> None:
    await shared.create(MARA, LUNCH)
    await shared.sync_both()
    home = a_channel_home("general", shared.book.tenant)
    paths = {call.path.split("/")[2] for call in shared.stage.sandbox.door.seen}
    assert paths == {"me"}
    # The one who made it leaves: for those who stay the calendar and its copy go on.
    await shared.stage.store.conversations.remove_member(
        home.tenant, home.conversation, person_of(MARA)
    )
    (item,) = shared.items(INES)
    seen = shared.outlook(INES).get(shared.outlook(INES).id_of(item))
    shared.outlook(INES).edit(seen, renamed("Late lunch")(seen.content))
    await shared.sync(INES)
    assert [each.content.title for each in await shared.team()] == ["Late lunch"]


def invite(shared: SharedScene, who: SamplePerson, subject: str = "") -> None:
    item = min(shared.items(who), key=lambda each: each.content.start)
    seen = shared.outlook(who).get(shared.outlook(who).id_of(item))
    content = renamed(subject)(seen.content) if subject else seen.content
    shared.outlook(who).edit(seen, attended_by(content, ("Sam", "sam@kaffee.example")))


async def said(shared: SharedScene) -> tuple[str, bool, int]:
    """What the team's one event is called, whether it is a meeting, and its revision."""
    (event,) = await shared.team()
    return event.content.title, event.mirror is not None, event.revision


async def test_f3_two_meetings_of_one_event_come_to_rest(shared: SharedScene) -> None:
    """Found by the model test: each mailbox's word replaced the other's without end."""
    await shared.create(MARA, LUNCH)
    await shared.sync_both(2)
    for who in (MARA, INES):
        invite(shared, who, f"Lunch with {who.given_name}")
    await shared.sync_both(3)
    rested = await said(shared)
    assert rested[:2] == ("Lunch with Ines", True)
    shared.writes()
    await shared.sync_both(3)
    assert await said(shared) == rested and shared.writes() == []
    invite(shared, MARA, "Supper")  # who changes theirs is heard
    await shared.sync_both(3)
    assert (await said(shared))[:2] == ("Supper", True)
    assert (shared.titles(MARA), shared.titles(INES)) == (["Supper"], ["Lunch with Ines"])


async def test_f3_two_meetings_of_one_date_of_a_series_come_to_rest(shared: SharedScene) -> None:
    """Found by the model test: no date is a meeting in the team, so neither had the say."""
    twice_a_month = Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1, 15), count=3)
    series = replace(LUNCH, when=timed("2026-12-01T12:00"), rule=twice_a_month)
    await shared.create(MARA, series)
    await shared.sync_both(2)
    for who in (MARA, INES):
        invite(shared, who, f"Lunch with {who.given_name}")
    await shared.sync_both(3)
    (rested,) = await shared.team()
    shared.writes()
    await shared.sync_both(3)
    (event,) = await shared.team()
    assert event.revision == rested.revision and shared.writes() == []
    invite(shared, MARA, "Supper")  # who changes theirs is heard
    await shared.sync_both(3)
    ((change,),) = [each.content.exceptions for each in await shared.team()]
    assert change.content is not None and change.content.title == "Supper"


async def test_f3_a_copy_follows_the_meeting_of_another_mailbox(shared: SharedScene) -> None:
    await shared.create(INES, LUNCH)
    await shared.sync_both(2)
    invite(shared, MARA, "Review")
    await shared.sync_both(2)
    assert shared.titles(INES) == ["Review"]
    (copy,) = shared.items(INES)
    seen = shared.outlook(INES).get(shared.outlook(INES).id_of(copy))
    shared.outlook(INES).edit(seen, renamed("Mine")(seen.content))
    await shared.sync_both(2)
    assert shared.titles(INES) == ["Review"] and (await said(shared))[:2] == ("Review", True)
    (pair,) = await shared.pairs(INES)
    assert [lost.value.title for lost in pair.lost] == ["Mine"]
    shared.outlook(INES).remove(shared.outlook(INES).get(shared.outlook(INES).id_of(copy)))
    shared.stage.clock.advance(READS_LAG)
    await shared.sync_both(2)
    assert shared.titles(INES) == [] and (await said(shared))[:2] == ("Review", True)


async def test_f3_what_is_put_back_is_remembered_though_no_answer_comes(
    shared: SharedScene,
) -> None:
    """Found by the model test: it was written over, and then nobody knew what had stood there."""
    await shared.create(INES, LUNCH)
    await shared.sync_both(2)
    invite(shared, MARA, "Review")
    await shared.sync_both(2)
    (copy,) = shared.items(INES)
    seen = shared.outlook(INES).get(shared.outlook(INES).id_of(copy))
    shared.outlook(INES).edit(seen, renamed("Mine")(seen.content))
    shared.stage.sandbox.faults.fail(status=503, after_effect=True, method="PATCH")
    with pytest.raises(Unreachable):
        await shared.sync(INES)
    assert shared.titles(INES) == ["Review"]
    await shared.sync(INES)
    (pair,) = await shared.pairs(INES)
    assert [lost.value.title for lost in pair.lost] == ["Mine"]


async def test_f3_what_is_changed_in_a_copy_that_may_not_stay_is_put_back_before_it_goes(
    shared: SharedScene,
) -> None:
    """Found by the model test: it went with what its owner had written, and nobody was told."""
    await shared.create(INES, LUNCH)
    await shared.sync_both(2)
    invite(shared, MARA, "Review")
    (copy,) = shared.items(INES)
    seen = shared.outlook(INES).get(shared.outlook(INES).id_of(copy))
    shared.outlook(INES).edit(seen, renamed("Mine")(seen.content))
    link = replace(await shared.link(INES), settings=LinkSettings(category="Launch"))
    await shared.stage.store.links.restart(link)
    await shared.sync(MARA)
    shared.writes()
    assert (await shared.sync(INES)).put_back == 1
    assert [lost.value.title for lost in (await shared.pairs(INES))[0].lost] == ["Mine"]
    shared.stage.clock.advance(TOLD_WITHIN)
    await shared.sync(INES)
    assert shared.titles(INES) == [] and (await said(shared))[:2] == ("Review", True)
    assert shared.writes() == ["PATCH ines", "DELETE ines"]


async def leaves_while_two_edit_it(shared: SharedScene) -> None:
    """Mara's own event is renamed in the team and in Ines' copy, and may not cross any more."""
    shared.outlook(MARA).add(outlook_event("Lunch"))
    await shared.sync_both(2)
    (event,) = await shared.team()
    brunch = replace(event.content, title="Brunch")
    await shared.stage.events.edit(
        Author(person_of(MARA), "Mara"), shared.book.id, event.id, brunch
    )
    (copy,) = shared.items(INES)
    seen = shared.outlook(INES).get(shared.outlook(INES).id_of(copy))
    shared.outlook(INES).edit(seen, renamed("Dinner")(seen.content))
    link = replace(await shared.link(MARA), settings=LinkSettings(category="Launch"))
    await shared.stage.store.links.restart(link)


async def test_f3_what_lost_is_told_before_another_mailbox_takes_the_event_away(
    shared: SharedScene,
) -> None:
    """Found by the model test: the loser went with the copy, before its author could be told."""
    await leaves_while_two_edit_it(shared)
    await shared.sync(INES)
    await shared.sync(MARA)
    assert await shared.team() == [] and shared.titles(MARA) == ["Dinner"]
    assert not (await shared.sync(INES)).is_done
    assert [lost.value.title for lost in (await shared.pairs(INES))[0].lost] == ["Brunch"]
    shared.stage.clock.advance(TOLD_WITHIN)
    assert (await shared.sync(INES)).is_done
    assert shared.titles(INES) == [] and await shared.pairs(INES) == []


async def test_f3_what_lost_as_another_mailboxs_copy_brings_an_event_back_is_kept(
    shared: SharedScene,
) -> None:
    """Found by the model test: the two were merged, and nobody had it on record what lost."""
    await leaves_while_two_edit_it(shared)
    await shared.sync(MARA)
    assert await shared.team() == []
    await shared.sync(INES)
    (back,) = await shared.team()
    (lost,) = (await shared.pairs(INES))[0].lost
    assert {back.content.title, lost.value.title} == {"Brunch", "Dinner"}
    assert shared.titles(INES) == [back.content.title]


async def test_f3_what_lost_as_a_meeting_brings_an_event_back_is_kept(shared: SharedScene) -> None:
    """Found by the model test: the meeting said all, and what the team had said was not kept."""
    shared.outlook(MARA).add(outlook_event("Lunch"))
    await shared.sync_both(2)
    (event,) = await shared.team()
    brunch = replace(event.content, title="Brunch")
    await shared.stage.events.edit(
        Author(person_of(MARA), "Mara"), shared.book.id, event.id, brunch
    )
    invite(shared, INES, "Dinner")
    link = replace(await shared.link(MARA), settings=LinkSettings(category="Launch"))
    await shared.stage.store.links.restart(link)
    await shared.sync(MARA)
    assert await shared.team() == []
    await shared.sync(INES)
    assert (await said(shared))[:2] == ("Dinner", True)
    assert [title for _, title, _ in await kept(shared, INES)] == ["Brunch"]


async def test_f3_what_crosses_again_meets_anothers_meeting_with_what_it_had_been(
    shared: SharedScene,
) -> None:
    """Found by the model test: nobody knew what was agreed on, and each kept its own title."""
    shared.outlook(MARA).add(outlook_event("Lunch"))
    await shared.sync_both(2)
    invite(shared, INES, "Lunch")
    await shared.sync_both(2)
    links = shared.stage.store.links
    closed = LinkSettings(category="Launch")
    await links.restart(replace(await shared.link(MARA), settings=closed))
    await shared.sync_both()
    assert [pair.team for pair in await shared.pairs(MARA)] == [None]
    invite(shared, INES, "Review")
    await shared.sync_both(2)
    assert shared.titles(MARA) == ["Lunch"]
    await links.restart(replace(await shared.link(MARA), settings=LinkSettings()))
    await shared.sync_both(2)
    assert shared.titles(MARA) == ["Review"] and (await said(shared))[:2] == ("Review", True)


async def test_f3_a_copy_that_shows_again_says_no_more_than_its_owner_shows_by_then(
    shared: SharedScene,
) -> None:
    """Found by the model test: nobody knew what was agreed on, and the copy kept its details."""
    shared.outlook(MARA).add(outlook_event("Lunch"))
    await shared.sync_both(2)
    (copy,) = shared.items(INES)
    shared.outlook(INES).remove(shared.outlook(INES).get(shared.outlook(INES).id_of(copy)))
    shared.stage.clock.advance(READS_LAG)
    await shared.sync(INES)
    assert await shared.team() == []
    settings = LinkSettings(privacy=Privacy.BUSY_ONLY)
    await shared.stage.store.links.restart(replace(await shared.link(MARA), settings=settings))
    await shared.sync_both()
    assert (await said(shared))[:2] == ("Busy", True)
    shared.outlook(INES).drag(copy)
    await shared.sync_both(2)
    assert shared.titles(INES) == ["Busy"] and shared.titles(MARA) == ["Lunch"]


async def test_f3_a_meeting_stays_when_the_first_owner_of_its_event_takes_that_away(
    shared: SharedScene,
) -> None:
    """Found by the model test: one took it away and the other brought it back, without end."""
    shared.outlook(MARA).add(outlook_event("Lunch"))
    await shared.sync_both(2)
    invite(shared, INES, "Review")
    link = replace(await shared.link(MARA), settings=LinkSettings(category="Launch"))
    await shared.stage.store.links.restart(link)
    await shared.sync_both(2)
    rested = await said(shared)
    assert rested[:2] == ("Review", True)
    shared.writes()
    await shared.sync_both(2)
    assert await said(shared) == rested and shared.writes() == []
    assert shared.titles(MARA) == ["Lunch"]


def set_free(shared: SharedScene, who: SamplePerson) -> None:
    """Make a meeting an event again."""
    item = min(shared.items(who), key=lambda each: each.content.start)
    seen = shared.outlook(who).get(shared.outlook(who).id_of(item))
    shared.outlook(who).edit(seen, attended_by(seen.content))


async def kept(shared: SharedScene, who: SamplePerson) -> list[tuple[Side, str, Person | None]]:
    """Which titles have lost in somebody's pairs: written where, and by whom."""
    pairs = await shared.pairs(who)
    lost = [lost for pair in pairs for lost in pair.lost if lost.field == "title"]
    return [(each.side, each.value.title, each.author) for each in lost]


async def test_f3_what_somebody_wrote_in_their_outlook_is_offered_to_them(
    shared: SharedScene,
) -> None:
    """Not to whose Outlook replaced it; so of what the team never had but from their Outlook."""
    shared.outlook(MARA).add(outlook_event("Lunch"))
    await shared.sync_both(2)
    for changed in ("Supper", "Dinner"):
        for who in (MARA, INES):
            (item,) = shared.items(who)
            seen = shared.outlook(who).get(shared.outlook(who).id_of(item))
            title = f"{changed} of {who.given_name}"
            shared.outlook(who).edit(seen, renamed(title)(seen.content))
        await shared.sync_both(2)
    assert shared.titles(MARA) == shared.titles(INES) == ["Dinner of Ines"]
    lost = [(Side.REMOTE, f"{what} of Mara", person_of(MARA)) for what in ("Supper", "Dinner")]
    assert await kept(shared, INES) == lost and await kept(shared, MARA) == []


async def test_f3_what_loses_to_anothers_meeting_is_kept(shared: SharedScene) -> None:
    """Found by the model test: the other mailbox took it for what both had agreed on."""
    await shared.create(MARA, LUNCH)
    await shared.sync_both(2)
    invite(shared, MARA)
    invite(shared, INES)
    await shared.sync_both(2)
    invite(shared, MARA, "Supper")
    await shared.sync_both(2)
    set_free(shared, MARA)
    await shared.sync_both(2)
    assert (await said(shared))[:2] == ("Lunch", True)
    assert await kept(shared, INES) == [(Side.REMOTE, "Supper", person_of(MARA))]
    assert shared.titles(MARA) == ["Lunch"]


async def test_f3_what_lost_before_its_meeting_was_set_free_is_kept(shared: SharedScene) -> None:
    """Nobody had seen it in another mailbox, and its own took it for what both had agreed on."""
    await shared.create(MARA, LUNCH)
    await shared.sync_both(2)
    invite(shared, MARA)
    await shared.sync_both(2)
    invite(shared, MARA, "Supper")
    invite(shared, INES, "Dinner")
    await shared.sync_both()
    set_free(shared, MARA)
    await shared.sync_both(2)
    assert (await said(shared))[:2] == ("Dinner", True)
    assert await kept(shared, MARA) == [(Side.REMOTE, "Supper", person_of(MARA))]
    assert shared.titles(MARA) == ["Dinner"]


async def test_f3_who_deletes_a_meeting_deletes_nothing_of_anothers(shared: SharedScene) -> None:
    """The event said what its owner had never seen: that is an edit, and beats the deletion."""
    await shared.create(MARA, LUNCH)
    await shared.sync_both(2)
    invite(shared, MARA, "Supper")
    invite(shared, INES, "Dinner")
    await shared.sync_both(2)
    set_free(shared, INES)
    await shared.sync(INES)
    (meeting,) = shared.items(MARA)
    shared.outlook(MARA).remove(shared.outlook(MARA).get(shared.outlook(MARA).id_of(meeting)))
    await shared.sync_both()
    shared.stage.clock.advance(READS_LAG)
    await shared.sync_both(2)
    assert (await said(shared))[:2] == ("Dinner", False)
    assert shared.titles(MARA) == shared.titles(INES) == ["Dinner"]


async def test_f3_what_is_no_meeting_any_more_is_everybodys_again(shared: SharedScene) -> None:
    await shared.create(INES, LUNCH)
    await shared.sync_both(2)
    before = shared.items(MARA)[0].content
    invite(shared, MARA)
    await shared.sync_both(2)
    (meeting,) = shared.items(MARA)
    shared.outlook(MARA).edit(shared.outlook(MARA).get(shared.outlook(MARA).id_of(meeting)), before)
    await shared.sync_both(2)
    (event,) = await shared.team()
    assert event.mirror is None
    author = Author(person_of(INES), "Ines")
    dinner = replace(event.content, title="Dinner")
    await shared.stage.events.edit(author, shared.book.id, event.id, dinner)
    await shared.sync_both(2)
    assert shared.titles(MARA) == shared.titles(INES) == ["Dinner"]
