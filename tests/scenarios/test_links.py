"""What is in step with what: a person chooses, sees how it goes, and is never surprised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.books.sharing import Sharing
from services.events.events import Events
from services.model.accounts import Link
from services.model.events import Author
from tests._builders import an_event_content
from tests._teams import Chat, FakeTeams, Posted, Someone
from tests.scenarios._house import House, a_contact, address_in, an_event, edited, words
from tests.services.sync._scene import outlook_event, renamed

OWN = "Show Your calendar ↔ Calendar"
TEAM = "Harbour · Marketing (Almanac)"


async def connected(house: House, mara: Someone) -> None:
    await house.teams.install(mara)
    await house.connect(mara)
    await house.settle()


async def a_chat(teams: FakeTeams, *who: Someone) -> Chat:
    chat = teams.channel("Marketing", who)
    await teams.install(who[0], chat)
    for each in who:
        await teams.message(each, "agenda", chat)
    return chat


async def linked_team(house: House, mara: Someone, ines: Someone) -> Chat:
    """Mara has linked the calendar of a chat with an Outlook calendar of its own."""
    await connected(house, mara)
    chat = await a_chat(house.teams, mara, ines)
    heard = await house.teams.message(mara, "account")
    await house.teams.click(mara, heard.post, "Link another")
    added = await house.teams.click(mara, heard.post, "Link")
    assert "Linked. The first sync is on its way." in words(added.card)
    await house.settle()
    return chat


def calendar_of(house: House, name: str = TEAM) -> str | None:
    return next((each.id for each in house.outlook().calendars if each.name == name), None)


def titles_in(house: House, calendar: str | None) -> list[str]:
    assert calendar is not None
    return sorted(item.content.subject for item in house.outlook().items(calendar))


async def links_of(house: House, mara: Someone) -> tuple[Link, ...]:
    return await house.almanac.store.links.of_person(house.person(mara))


# -- a team's calendar -----------------------------------------------------------------------


async def test_a_team_calendar_gets_an_outlook_calendar_of_its_own(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = await linked_team(house, mara, ines)
    await an_event(teams, ines, "Review friday 9:00", chat)
    await house.settle()
    assert titles_in(house, calendar_of(house)) == ["Review"]
    assert house.events_in_outlook() == []
    house.outlook().add(outlook_event("Fair"), calendar_id=calendar_of(house) or "")
    await house.pass_time(timedelta(minutes=20))
    assert "Fair" in words((await teams.message(ines, "agenda", chat)).card)
    assert "Fair" not in words((await teams.message(mara, "agenda")).card)
    assert house.outlook().mails == []


async def test_the_calendar_is_found_again_and_not_doubled(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    """The process died when Outlook had made the calendar and nobody had noted it."""
    await linked_team(house, mara, ines)
    link = next(each for each in await links_of(house, mara) if each.is_ours)
    forgotten = replace(link, calendar=type(link.calendar)(""))
    await house.almanac.store.links.save(forgotten)
    await house.pass_time(timedelta(minutes=20))
    assert [each.name for each in house.outlook().calendars].count(TEAM) == 1
    again = next(each for each in await links_of(house, mara) if each.is_ours)
    assert again.calendar == calendar_of(house)


async def test_a_calendar_that_got_another_name_meanwhile_is_found_again(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    await linked_team(house, mara, ines)
    made = next(each for each in house.outlook().calendars if each.name == TEAM)
    link = next(each for each in await links_of(house, mara) if each.is_ours)
    forgotten = replace(link, calendar=type(link.calendar)(""))
    await house.almanac.store.links.save(forgotten)
    house.outlook().rename_calendar(made, "Team things", "auto")
    await house.pass_time(timedelta(minutes=20))
    again = next(each for each in await links_of(house, mara) if each.is_ours)
    assert (again.calendar, again.calendar_name) == (made.id, "Team things")
    assert [each.name for each in house.outlook().calendars if each.name == TEAM] == []


async def test_another_outlook_calendar_can_be_chosen(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    await connected(house, mara)
    mine = house.outlook().add_calendar("Choir")
    house.outlook().add(outlook_event("Rehearsal"), calendar_id=mine.id)
    chat = await a_chat(teams, mara, ines)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, "Link another")
    await teams.click(mara, heard.post, "Link", {"linked_calendar": mine.id})
    await house.settle()
    assert "Rehearsal" in words((await teams.message(ines, "agenda", chat)).card)
    assert calendar_of(house) is None


async def test_the_own_calendar_can_have_another_outlook_calendar(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await connected(house, mara)
    choir = house.outlook().add_calendar("Choir")
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, OWN)
    await teams.click(mara, heard.post, "Unlink")
    await teams.click(mara, heard.post, "Unlink, keep the copies")
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, "Link another")
    await teams.click(mara, heard.post, "Link", {"linked_calendar": choir.id})
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    assert titles_in(house, choir.id) == ["Review"]
    assert house.events_in_outlook() == []


async def test_an_outlook_calendar_has_one_link(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    await connected(house, mara)
    await a_chat(teams, mara, ines)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, "Link another")
    taken = house.outlook().default_calendar.id
    await teams.click(mara, heard.post, "Link", {"linked_calendar": taken})
    assert len(await links_of(house, mara)) == 1


async def test_whoever_leaves_the_chat_loses_the_copies_and_is_told(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = await linked_team(house, mara, ines)
    await an_event(teams, ines, "Review friday 9:00", chat)
    await house.settle()
    before = len(teams.connector.posts)
    await teams.members_removed(chat, mara)
    await house.settle()
    await house.settle()
    assert calendar_of(house) is None
    assert len(await links_of(house, mara)) == 1
    told = [words(p.card) for p in teams.connector.posts[before:] if p.card]
    assert any(f"You no longer see what is behind “{TEAM}”" in each for each in told)


# -- a contact list --------------------------------------------------------------------------


def contacts_in(house: House) -> list[str]:
    """What stands in the contact folders that somebody has made."""
    book = house.outlook().contacts
    return sorted(
        str(card.says["displayName"]) for each in book.folders for card in book.cards(each.id)
    )


async def linked_contacts(house: House, mara: Someone) -> None:
    await connected(house, mara)
    await a_contact(house.teams, mara, {"name": "Ada Byron"})
    heard = await house.teams.message(mara, "account")
    await house.teams.click(mara, heard.post, "Link another")
    asked = await house.teams.click(mara, heard.post, "Link")
    assert "Contacts need your approval too" in words(asked.card)
    page = await house.sign_in(address_in(asked.card), mara.object_id)
    assert "Your account is connected" in page
    await house.settle()


async def test_a_contact_list_gets_a_folder_once_contacts_are_approved(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await linked_contacts(house, mara)
    assert contacts_in(house) == ["Ada Byron"]
    account = words((await teams.message(mara, "account")).card)
    assert "Your contacts ↔ Your contacts (Almanac)" in account
    house.clock.advance(timedelta(hours=2))  # the next token is asked for with contacts as well
    await a_contact(teams, mara, {"name": "Grace Hopper"})
    await house.settle()
    assert contacts_in(house) == ["Ada Byron", "Grace Hopper"]


async def test_a_contact_list_is_linked_and_managed_from_its_own_card(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await connected(house, mara)
    await a_contact(teams, mara, {"name": "Ada Byron"})
    lists = await teams.message(mara, "contact lists")
    await teams.click(mara, lists.post, "Your contacts")
    offered = await teams.click(mara, lists.post, "In my Outlook")
    assert "A phone that syncs Outlook then shows who is calling." in words(offered.card)
    asked = await teams.click(mara, lists.post, "Link")
    await house.sign_in(address_in(asked.card), mara.object_id)
    await house.settle()
    assert contacts_in(house) == ["Ada Byron"]
    again = await teams.message(mara, "contact lists")
    await teams.click(mara, again.post, "Your contacts")
    managed = await teams.click(mara, again.post, "In my Outlook")
    assert "Your contacts ↔ Your contacts (Almanac)" in words(managed.card)
    assert "Settings" in words(managed.card)


async def test_the_copies_of_contacts_are_taken_back_with_their_folder(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await linked_contacts(house, mara)
    heard = await teams.message(mara, "disconnect")
    await teams.click(mara, heard.post, "Disconnect, remove the copies")
    await house.settle()
    assert contacts_in(house) == []
    assert "Ada Byron" in words((await teams.message(mara, "contacts")).card)


# -- settings --------------------------------------------------------------------------------


async def test_settings_are_a_form_in_the_chat(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    house.outlook().add(outlook_event("Dentist"))
    await connected(house, mara)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, OWN)
    await teams.click(mara, heard.post, "Settings")
    saved = await teams.click(mara, heard.post, "Save", {"privacy": "busy_only"})
    assert "Saved." in words(saved.card)
    await house.settle()
    agenda = words((await teams.message(mara, "agenda")).card)
    assert "Busy" in agenda and "Dentist" not in agenda


async def test_settings_are_a_dialog_too(house: House, teams: FakeTeams, mara: Someone) -> None:
    await connected(house, mara)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, OWN)
    opened = await teams.open_dialog(mara, heard.post, "Settings in a window")
    assert opened.dialog
    await teams.submit_dialog(mara, opened.dialog, "Save", {"direction": "to_outlook"})
    (link,) = await links_of(house, mara)
    assert link.settings.direction.value == "to_outlook"


async def test_a_link_that_is_set_up_in_a_channel_is_not_shown_to_it(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await connected(house, mara)
    guide = (await teams.message(mara, "acount", channel)).post
    await teams.click(mara, guide, "Account")
    await teams.click(mara, guide, OWN)
    opened = await teams.open_dialog(mara, guide, "Settings in a window")
    assert opened.dialog
    saved = await teams.submit_dialog(mara, opened.dialog, "Save", {"direction": "to_outlook"})
    assert (saved.text, saved.posts) == ("Saved.", [])
    (link,) = await links_of(house, mara)
    assert link.settings.direction.value == "to_outlook"


async def test_a_setting_that_cannot_be_is_refused_and_nothing_is_lost(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await connected(house, mara)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, OWN)
    await teams.click(mara, heard.post, "Settings")
    typed = {"category": "Team", "days_back": "-4"}
    refused = await teams.click(mara, heard.post, "Save", typed)
    assert "Please choose one of the list." in words(refused.card)
    assert "Team" in words(refused.card)
    (link,) = await links_of(house, mara)
    assert link.settings.category == ""


async def test_what_is_changed_in_outlook_is_put_back_and_said(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await connected(house, mara)
    await an_event(teams, mara, "Review friday 9:00")
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, OWN)
    await teams.click(mara, heard.post, "Settings")
    await teams.click(mara, heard.post, "Save", {"direction": "to_outlook"})
    await house.settle()
    (item,) = house.events_in_outlook()
    before = len(teams.connector.posts)
    edited(house, item, renamed("Party")(item.content))
    await house.pass_time(timedelta(minutes=20))
    assert [each.content.subject for each in house.events_in_outlook()] == ["Review"]
    told = [words(p.card) for p in teams.connector.posts[before:] if p.card]
    assert sum("was put back" in each for each in told) == 1


async def test_what_a_reader_changes_in_a_copy_that_says_busy_is_put_back_and_told(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    """Two settings at once: the link's owner may only read, and the event is private."""
    await connected(house, mara)
    chat = teams.channel("Marketing", [mara, ines], owners=[ines])
    await teams.install(ines, chat)
    for each in (mara, ines):
        await teams.message(each, "agenda", chat)
    post = await an_event(teams, ines, "Dentist friday 12:30", chat)
    await teams.click(ines, post, "Edit")
    await teams.click(ines, post, "Save", {"private": "true"})
    listed = await teams.message(ines, "members", chat)
    await teams.click(ines, listed.post, "Change")
    await teams.click(ines, listed.post, "Save", {"who_writes": "owners"})
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, "Link another")
    await teams.click(mara, heard.post, "Link")
    await house.settle()

    outlook, calendar = house.outlook(), calendar_of(house)
    assert titles_in(house, calendar) == ["Busy"] and calendar
    before = len(teams.connector.posts)
    (item,) = outlook.items(calendar)
    outlook.edit(outlook.get(outlook.id_of(item)), renamed("Mine")(item.content))
    await house.pass_time(timedelta(minutes=20))
    (item,) = outlook.items(calendar)
    outlook.remove(outlook.get(outlook.id_of(item)))
    for _ in range(2):
        await house.pass_time(timedelta(minutes=20))
    assert titles_in(house, calendar) == ["Busy"]
    told = [words(post.card) for post in teams.connector.posts[before:]]
    assert ["was put back" in each for each in told] == [True, True]


# -- never surprised -------------------------------------------------------------------------


async def test_a_full_calendar_is_not_poured_in_before_somebody_says_start(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    for number in range(25):
        house.outlook().add(outlook_event(f"Visit {number}"))
    await connected(house, mara)
    assert "Nothing is planned." in words((await teams.message(mara, "agenda")).card)
    heard = await teams.message(mara, "account")
    assert "Waiting for your start" in words(heard.card)
    shown = await teams.click(mara, heard.post, OWN)
    assert "25 items come here" in words(shown.card)
    assert "0 items go to Outlook" in words(shown.card)
    started = await teams.click(mara, heard.post, "Start")
    assert "The first sync has started" in words(started.card)
    await house.settle()
    assert "1 to 20 of 25 entries" in words((await teams.message(mara, "agenda")).card)
    assert "25 items in step" in words((await teams.message(mara, "account")).card)


async def test_a_long_first_sync_counts_up_in_one_message(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    for number in range(120):
        house.outlook().add(outlook_event(f"Visit {number}", day=f"2026-12-{number % 28 + 1:02}"))
    await connected(house, mara)
    before = len(teams.connector.posts)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, OWN)
    await teams.click(mara, heard.post, "Start")
    await house.settle()
    told = [p for p in teams.connector.posts[before:] if p.card and "first sync" in words(p.card)]
    (counted,) = told
    assert "120 of 120 items" in words(counted.card)
    assert counted.edits == 1


async def test_a_first_sync_that_was_cut_off_counts_on_in_its_message(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await teams.message(mara, "agenda")
    store = house.almanac.store
    (book,) = [each for each in await store.books.all(house.person(mara).tenant)][:1]
    events = Events(store, Sharing(store), house.clock)
    author = Author(house.person(mara), "Mara")
    for number in range(120):
        await events.create(author, book.id, an_event_content(title=f"Visit {number}"))
    house.sandbox.order("POST */events -> 503 skip=60")
    await house.connect(mara)
    await house.settle()
    before = len(teams.connector.posts)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, OWN)
    await teams.click(mara, heard.post, "Start")
    await house.settle()
    (counted,) = [p for p in teams.connector.posts[before:] if "irst sync of" in words(p.card)]
    assert "of 120 items" in words(counted.card)
    await house.pass_time(timedelta(minutes=10))
    assert "120 of 120 items" in words(counted.card)
    assert [p for p in teams.connector.posts[before:] if "irst sync of" in words(p.card)] == [
        counted
    ]
    assert len(house.events_in_outlook()) == 120


async def emptied(house: House, mara: Someone) -> None:
    for number in range(12):
        house.outlook().add(outlook_event(f"Visit {number}"))
    await connected(house, mara)
    mailbox = house.outlook()
    for item in house.events_in_outlook():
        mailbox.remove(mailbox.get(mailbox.id_of(item)))
    await house.pass_time(timedelta(minutes=20))


def word_of_a_stop(teams: FakeTeams) -> Posted:
    told = [p for p in teams.connector.posts if p.card and "waits for your word" in words(p.card)]
    return told[-1]


async def test_the_word_of_a_stop_leads_to_what_would_go(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await emptied(house, mara)
    told = word_of_a_stop(teams)
    shown = await teams.click(mara, told, "Show")
    assert "12 items would go:" in words(shown.card)
    assert "and 7 more" in words(shown.card)
    kept = await teams.click(mara, told, "Keep them")
    assert "They are being put back." in words(kept.card)
    await house.pass_time(timedelta(minutes=5))
    assert len(house.events_in_outlook()) == 12
    assert "Visit 7" in words((await teams.message(mara, "agenda")).card)


async def test_an_answer_to_an_older_list_is_no_answer(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await emptied(house, mara)
    told = word_of_a_stop(teams)
    await teams.click(mara, told, "Show")
    (link,) = await links_of(house, mara)
    assert link.doomed is not None
    newer = replace(link, doomed=replace(link.doomed, key="another"))
    await house.almanac.store.links.save(newer)
    pressed = await teams.click(mara, told, "Delete them")
    assert "This has changed meanwhile" in words(pressed.card)
    await house.settle()
    assert "Visit 7" in words((await teams.message(mara, "agenda")).card)


async def test_a_calendar_that_is_gone_can_be_made_again(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = await linked_team(house, mara, ines)
    await an_event(teams, ines, "Review friday 9:00", chat)
    await house.settle()
    mailbox = house.outlook()
    mailbox.remove_calendar(mailbox.calendar(calendar_of(house) or ""))
    await house.pass_time(timedelta(minutes=20))
    told = word_of_a_stop(teams)
    shown = await teams.click(mara, told, "Show")
    assert "The calendar is gone from Outlook. Nothing was deleted here." in words(shown.card)
    await teams.click(mara, told, "Make it again")
    await house.settle()
    assert titles_in(house, calendar_of(house)) == ["Review"]
    assert "Review" in words((await teams.message(ines, "agenda", chat)).card)


# -- letting go ------------------------------------------------------------------------------


async def test_one_link_is_let_go_and_the_others_stay(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = await linked_team(house, mara, ines)
    await an_event(teams, ines, "Review friday 9:00", chat)
    await an_event(teams, mara, "Dentist friday 10:00")
    await house.settle()
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, f"Show Harbour · Marketing ↔ {TEAM}")
    await teams.click(mara, heard.post, "Unlink")
    gone = await teams.click(mara, heard.post, "Unlink, remove the copies")
    assert "Unlinked" in words(gone.card)
    await house.settle()
    assert calendar_of(house) is None
    assert [each.content.subject for each in house.events_in_outlook()] == ["Dentist"]
    assert "Review" in words((await teams.message(ines, "agenda", chat)).card)


async def test_disconnecting_lets_all_of_them_go(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = await linked_team(house, mara, ines)
    await an_event(teams, ines, "Review friday 9:00", chat)
    await an_event(teams, mara, "Dentist friday 10:00")
    await house.settle()
    heard = await teams.message(mara, "disconnect")
    await teams.click(mara, heard.post, "Disconnect, remove the copies")
    await house.settle()
    assert house.events_in_outlook() == [] and calendar_of(house) is None
    assert await links_of(house, mara) == ()
    assert "Review" in words((await teams.message(ines, "agenda", chat)).card)


async def test_links_are_a_matter_of_the_own_chat(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = await a_chat(teams, mara, ines)
    heard = await teams.message(mara, "account", chat)
    assert "between you and me" in heard.text
