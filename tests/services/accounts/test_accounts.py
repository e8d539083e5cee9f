"""Connecting and letting go, at the sandbox's Entra with msal itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.people import PEOPLE
from services.model.accounts import AccountState, Link
from services.model.errors import NotFound, SignInNeeded
from services.model.events import Author
from services.model.identity import Person, PersonHome
from tests._builders import an_event_content, timed
from tests.services._office import MARA, MARA_ID, Office, an_office, person_of
from tests.services.sync._scene import outlook_event

INES = PEOPLE[1]
AUTHOR = Author(MARA_ID, "Mara")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(tmp_path) as made:
        yield made


# -- connecting ------------------------------------------------------------------------------


async def test_connecting_links_the_own_calendar_with_the_default_one(office: Office) -> None:
    finished = await office.sign_in()
    assert (finished.person, finished.problem) == (MARA_ID, "")
    status = await office.accounts.status(MARA_ID)
    assert status.account is not None
    assert status.account.username == "mara@lindenhof.example"
    (link,) = status.links
    assert link.calendar == office.sandbox.mailbox(MARA).default_calendar.id
    assert (await office.book()).home == PersonHome(MARA_ID)
    assert (await office.book()).zone.key == "Europe/Berlin"
    assert office.announcer.words() == ["connected"]


async def test_two_sign_ins_at_once_make_one_link(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In two windows: both have seen that there is none, before either has made one."""
    answers = [await office.answer() for _ in range(2)]
    both, of_person, looks = asyncio.Barrier(2), office.store.links.of_person, count()

    async def seen_by_both(person: Person) -> tuple[Link, ...]:
        found = await of_person(person)
        if next(looks) < 2:
            await both.wait()
        return found

    monkeypatch.setattr(office.store.links, "of_person", seen_by_both)
    finished = await asyncio.gather(*map(office.accounts.finish, answers))
    assert [each.problem for each in finished] == ["", ""]
    assert (await office.link()).book == (await office.book()).id
    assert len(await office.store.links.of_book(MARA_ID.tenant, (await office.book()).id)) == 1


async def test_the_first_sign_in_asks_for_calendars_alone(office: Office) -> None:
    """To connect is to link the first calendar; contacts are asked for with the first list."""
    state = await office.state()
    asked = parse_qs(urlsplit(await office.accounts.begin(state)).query)["scope"][0].split()
    own = {scope for scope in asked if scope not in ("openid", "profile", "offline_access")}
    assert own == {"User.Read", "Calendars.ReadWrite", "MailboxSettings.Read"}


async def test_the_first_sync_follows_by_itself(office: Office) -> None:
    office.sandbox.mailbox(MARA).add(outlook_event("Dinner"))
    await office.sign_in()
    await office.work()
    assert [event.content.title for event in await office.team()] == ["Dinner"]
    assert (await office.link()).synced_at == office.clock.now()
    assert office.failures == []


async def test_connecting_does_not_wait_for_a_chat_that_cannot_be_reached(office: Office) -> None:
    office.announcer.failures = 1
    assert (await office.sign_in()).person == MARA_ID


async def test_somebody_else_who_signs_in_is_refused_and_nothing_is_stored(office: Office) -> None:
    finished = await office.sign_in(signs=INES, problem="other_person")
    assert finished.person is None
    for person in (MARA_ID, person_of(INES)):
        status = await office.accounts.status(person)
        assert status.account is None and status.links == ()
    await office.work()
    assert office.announcer.notices == []


async def test_consent_denied_stores_nothing(office: Office) -> None:
    await office.sign_in(decision="deny", problem="denied")
    assert (await office.accounts.status(MARA_ID)).account is None


async def test_an_organisation_that_must_approve_is_said_so(office: Office) -> None:
    office.sandbox.directory.needs_admin = True
    finished = await office.sign_in(decision="deny", problem="consent_needed")
    assert finished.person is None


async def test_a_state_of_nobody_is_the_same_as_an_old_one(office: Office) -> None:
    assert (await office.accounts.finish({"state": "made-up", "code": "x"})).problem == "expired"
    assert (await office.accounts.finish({})).problem == "expired"
    with pytest.raises(NotFound):
        await office.accounts.begin("made-up")


async def test_an_answer_is_good_once(office: Office) -> None:
    answer = await office.answer()
    assert (await office.accounts.finish(answer)).problem == ""
    assert (await office.accounts.finish(answer)).problem == "expired"


async def test_a_link_to_the_sign_in_is_good_once(office: Office) -> None:
    state = await office.state()
    await office.accounts.begin(state)
    with pytest.raises(NotFound):
        await office.accounts.begin(state)


async def test_a_state_is_good_for_ten_minutes(office: Office) -> None:
    state = await office.state()
    office.clock.advance(601)
    with pytest.raises(NotFound):
        await office.accounts.begin(state)


async def test_a_start_state_is_no_answer(office: Office) -> None:
    answer = {"state": await office.state(), "code": "x"}
    assert (await office.accounts.finish(answer)).problem == "expired"


async def test_a_made_up_code_connects_nothing(office: Office) -> None:
    answer = await office.answer()
    assert (await office.accounts.finish({**answer, "code": "x"})).problem == "failed"
    assert (await office.accounts.status(MARA_ID)).account is None


async def test_a_mailbox_that_does_not_answer_connects_nothing(office: Office) -> None:
    office.sandbox.faults.fail(status=503, path="/calendars", times=9)
    await office.sign_in(problem="unreachable")
    assert (await office.accounts.status(MARA_ID)).account is None


async def test_an_account_without_a_mailbox_connects_nothing(office: Office) -> None:
    office.sandbox.faults.fail(status=404, code="MailboxNotEnabledForRESTAPI", path="/calendars")
    await office.sign_in(problem="no_mailbox")
    assert (await office.accounts.status(MARA_ID)).account is None


async def test_signing_in_again_keeps_the_link(office: Office) -> None:
    await office.sign_in()
    await office.work()
    link = await office.link()
    await office.accounts.close(MARA_ID, AccountState.SIGN_IN_NEEDED)
    await office.sign_in()
    status = await office.accounts.status(MARA_ID)
    assert status.account is not None and status.account.state is AccountState.CONNECTED
    assert (await office.link()).id == link.id


# -- tokens ----------------------------------------------------------------------------------


async def test_tokens_are_for_the_connected_alone(office: Office) -> None:
    with pytest.raises(SignInNeeded):
        await office.accounts.token_for(MARA_ID)


async def test_many_who_ask_at_once_get_one_token(office: Office) -> None:
    await office.sign_in()
    asked = (office.accounts.token_for(MARA_ID) for _ in range(20))
    assert len(set(await asyncio.gather(*asked))) == 1


async def test_f25_a_rotated_cache_is_saved_before_its_token_is_used(office: Office) -> None:
    await office.sign_in()
    await office.expire_tokens()
    token = await office.accounts.token_for(MARA_ID)
    saved = await office.store.accounts.get(MARA_ID)
    assert saved is not None and token in saved.tokens


async def test_a_revoked_grant_asks_for_a_sign_in(office: Office) -> None:
    await office.sign_in()
    await office.expire_tokens()
    office.sandbox.directory.revoke(MARA)
    with pytest.raises(SignInNeeded):
        await office.accounts.token_for(MARA_ID)


# -- how it stands ---------------------------------------------------------------------------


async def test_sync_now_needs_an_account(office: Office) -> None:
    with pytest.raises(SignInNeeded):
        await office.links.sync_now(MARA_ID)


async def test_sync_now_syncs_at_once(office: Office) -> None:
    await office.sign_in()
    await office.work()
    office.sandbox.mailbox(MARA).add(outlook_event("Dinner"))
    await office.work()
    assert await office.team() == []
    await office.links.sync_now(MARA_ID)
    await office.work()
    assert len(await office.team()) == 1


async def test_a_closed_account_is_told_once(office: Office) -> None:
    await office.sign_in()
    for _ in range(3):
        await office.accounts.close(MARA_ID, AccountState.SIGN_IN_NEEDED)
    assert office.announcer.words() == ["connected", "sign_in_needed"]


# -- letting go ------------------------------------------------------------------------------


async def connected_with_events(office: Office) -> None:
    office.sandbox.mailbox(MARA).add(outlook_event("Dinner"))
    await office.sign_in()
    book = await office.book()
    content = an_event_content(title="Lunch", when=timed("2026-11-21T12:00"))
    await office.events.create(AUTHOR, book.id, content)
    await office.work()
    assert office.subjects() == ["Dinner", "Lunch"]


async def test_disconnecting_keeps_the_copies_where_asked(office: Office) -> None:
    await connected_with_events(office)
    book = await office.book()
    await office.accounts.disconnect(MARA_ID, keep_copies=True)
    await office.work(3600)
    status = await office.accounts.status(MARA_ID)
    assert status.account is None and status.links == ()
    assert office.subjects() == ["Dinner", "Lunch"]
    assert len(await office.team(book)) == 2


async def test_disconnecting_takes_back_what_we_added_and_nothing_else(office: Office) -> None:
    await connected_with_events(office)
    book = await office.book()
    await office.accounts.disconnect(MARA_ID, keep_copies=False)
    await office.work(1)
    assert office.subjects() == ["Dinner"]
    assert len(await office.team(book)) == 2
    assert office.failures == []


async def test_a_copy_that_became_a_meeting_is_not_taken_back(office: Office) -> None:
    await connected_with_events(office)
    mailbox = office.sandbox.mailbox(MARA)
    for item in mailbox.items(mailbox.default_calendar.id):
        attendees = [{"type": "required", "emailAddress": {"address": "ines@lindenhof.example"}}]
        plain = {**item.content.plain, "attendees": attendees}
        seen = mailbox.get(mailbox.id_of(item))
        mailbox.edit(seen, replace(item.content, plain=plain))
    mailed = len(mailbox.mails)
    await office.accounts.disconnect(MARA_ID, keep_copies=False)
    await office.work(1)
    assert office.subjects() == ["Dinner", "Lunch"]
    assert len(mailbox.mails) == mailed


async def test_connecting_again_before_the_copies_are_gone_keeps_them(office: Office) -> None:
    await connected_with_events(office)
    await office.accounts.disconnect(MARA_ID, keep_copies=False)
    await office.sign_in()
    await office.work(1)
    assert office.subjects() == ["Dinner", "Lunch"]
    assert len(await office.team()) == 2


async def test_disconnecting_what_is_not_connected_does_nothing(office: Office) -> None:
    await office.accounts.disconnect(MARA_ID, keep_copies=False)
    assert (await office.accounts.status(MARA_ID)).account is None
