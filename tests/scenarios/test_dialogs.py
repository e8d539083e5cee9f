"""Dialogs from the buttons of cards: the same forms in a window."""

from __future__ import annotations

from tests._teams import Chat, Dialog, FakeTeams, Someone
from tests.scenarios._house import House, an_event, line_of, opened, typed_in, words


async def test_a_new_event_in_a_window_is_posted_in_the_chat(
    teams: FakeTeams, mara: Someone
) -> None:
    welcome = await teams.install(mara)
    dialog = await opened(teams, mara, welcome.post, "New event in a window")
    assert dialog.title == "New event"

    closed = await teams.submit_dialog(mara, dialog, "Create", {"title": "Kick-off"})

    assert (closed.status, closed.body) == (200, "")
    assert "Kick-off" in words(closed.post.card)
    edited = await teams.click(mara, closed.post, "Edit")
    assert typed_in(edited.card)["title"] == "Kick-off"


async def test_an_event_is_edited_in_a_window_and_its_post_follows(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    dialog = await opened(teams, mara, post, "Edit in a window")
    assert (dialog.title, typed_in(dialog.card)["title"]) == ("Edit event", "Review")

    saved = await teams.submit_dialog(mara, dialog, "Save", {"title": "Retro"})

    assert saved.text == "Saved."
    await house.settle()
    assert "Retro" in words(post.card)


async def test_the_same_submit_three_times_makes_one_event_and_one_post(
    teams: FakeTeams, mara: Someone
) -> None:
    welcome = await teams.install(mara)
    dialog = await opened(teams, mara, welcome.post, "New event in a window")
    closed = await teams.submit_dialog(mara, dialog, "Create", {"title": "Kick-off"}, times=3)
    assert len(closed.posts) == 1
    agenda = await teams.message(mara, "agenda")
    assert words(agenda.card).splitlines().count("Kick-off") == 1


async def test_three_submits_with_ids_of_their_own_make_one_event_and_one_post(
    teams: FakeTeams, mara: Someone
) -> None:
    welcome = await teams.install(mara)
    dialog = await opened(teams, mara, welcome.post, "New event in a window")
    posts = []
    for _ in range(3):
        closed = await teams.submit_dialog(mara, dialog, "Create", {"title": "Kick-off"})
        assert (closed.status, closed.body) == (200, "")
        posts += closed.posts
    assert len(posts) == 1
    agenda = await teams.message(mara, "agenda")
    assert words(agenda.card).splitlines().count("Kick-off") == 1


async def test_whoever_is_overtaken_gets_the_dialog_again_with_what_they_typed(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    of_mara = await opened(teams, mara, post, "Edit in a window")
    of_ines = await opened(teams, ines, post, "Edit in a window")
    await teams.submit_dialog(ines, of_ines, "Save", {"title": "Retro of Ines"})

    answer = await teams.submit_dialog(mara, of_mara, "Save", {"title": "Retro of Mara"})

    again = shown(answer.dialog)
    assert "Ines Moreau changed this while you were writing." in words(again.card)
    assert typed_in(again.card)["title"] == "Retro of Mara"
    saved = await teams.submit_dialog(mara, again, "Save")
    assert saved.text == "Saved."


async def test_a_window_of_an_event_that_is_gone_says_so(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    before = post.card
    dialog = await opened(teams, mara, post, "Edit in a window")
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")

    late = await teams.submit_dialog(mara, dialog, "Save", {"title": "Retro"})
    assert late.text == "This event is gone. Somebody may have deleted it."

    post.views[mara.teams_id] = before
    answer = await teams.open_dialog(mara, post, "Edit in a window")
    assert answer.text == "This event is gone. Somebody may have deleted it."


async def test_a_contact_is_made_and_edited_in_windows(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    welcome = await teams.install(mara)
    answer = await teams.invoke(
        mara, welcome.post.chat, "task/fetch", {"data": {"verb": "contact.new", "book": ""}}
    )
    closed = await teams.submit_dialog(
        mara, shown(answer.dialog), "Create", {"name": "Ada Byron", "email": "ada@engines.example"}
    )
    assert "Ada Byron" in words(closed.post.card)

    dialog = await opened(teams, mara, closed.post, "Edit in a window")
    saved = await teams.submit_dialog(mara, dialog, "Save", {"company": "Engines"})

    assert (saved.text, saved.posts) == ("Saved.", [])
    await house.settle()
    assert "Engines" in words(closed.post.card)
    found = await teams.message(mara, "contacts Ada")
    assert "Engines" in words(found.card)


async def test_a_contact_form_with_wrong_values_comes_back_in_its_window(
    teams: FakeTeams, mara: Someone
) -> None:
    data = {"data": {"verb": "contact.new", "book": ""}}
    answer = await teams.invoke(mara, teams.personal_chat(mara), "task/fetch", data)
    typed = {"name": "Ada", "email": "ada at engines", "phone_mobile": "none"}
    again = await teams.submit_dialog(mara, shown(answer.dialog), "Create", typed)
    card = shown(again.dialog).card
    assert "This is no e-mail address." in words(card)
    assert "This is no phone number." in words(card)
    assert {name: typed_in(card)[name] for name in typed} == typed


async def test_whoever_is_overtaken_at_a_contact_gets_the_dialog_again(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new contact Ada Byron", channel)
    await teams.click(mara, heard.post, "Create")
    of_mara = await opened(teams, mara, heard.post, "Edit in a window")
    of_ines = await opened(teams, ines, heard.post, "Edit in a window")
    await teams.submit_dialog(ines, of_ines, "Save", {"job": "Countess"})

    answer = await teams.submit_dialog(mara, of_mara, "Save", {"job": "Engineer"})

    again = shown(answer.dialog)
    assert "Ines Moreau changed this while you were writing." in words(again.card)
    assert typed_in(again.card)["job"] == "Engineer"


def shown(dialog: Dialog | None) -> Dialog:
    assert dialog
    return dialog


async def test_a_window_that_cannot_be_saved_keeps_what_was_typed(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    post = await an_event(teams, ines, "Review friday 9:00", channel)
    guide = (await teams.message(ines, "help", channel)).post
    edit = await opened(teams, ines, post, "Edit in a window")
    new = await opened(teams, ines, guide, "New event in a window")
    listed = await teams.message(mara, "members", channel)
    await teams.click(mara, listed.post, "Change")
    await teams.click(mara, listed.post, "Save", {"who_writes": "owners"})

    for dialog, button in ((edit, "Save"), (new, "Create")):
        refused = await teams.submit_dialog(ines, dialog, button, {"title": "Retro"})
        assert refused.dialog, refused.text
        assert "You may read this, but not change it." in words(refused.dialog.card)
        assert typed_in(refused.dialog.card)["title"] == "Retro"
        again = refused.dialog

    await teams.click(mara, listed.post, "Change")
    await teams.click(mara, listed.post, "Save", {"who_writes": "everybody"})
    saved = await teams.submit_dialog(ines, again, "Create", {"title": "Retro"})
    assert "Retro" in words(saved.post.card)


async def test_a_date_in_a_window_that_cannot_be_saved_keeps_what_was_typed(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Stand-up every monday 9:00", channel)
    await teams.click(mara, post, "Dates")
    await teams.click(mara, post, line_of(post.views[mara.teams_id], "30 Nov"))
    dialog = await opened(teams, mara, post, "Edit in a window")
    assert typed_in(dialog.card)["reach"] == "one"
    await teams.place_event("teamArchived", mara, channel)
    refused = await teams.submit_dialog(mara, dialog, "Save", {"title": "Retro"})
    assert refused.dialog, refused.text
    assert "This is archived: it can be read, not changed." in words(refused.dialog.card)
    assert typed_in(refused.dialog.card)["title"] == "Retro"


# -- settings in windows ---------------------------------------------------------------------


async def test_whoever_may_no_longer_change_a_calendar_keeps_what_they_typed_in_its_windows(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara, ines])
    listed = (await teams.message(mara, "members", channel)).post
    of_ines = (await teams.message(ines, "calendars", channel)).post
    members = await opened(teams, ines, listed, "Change in a window")
    await teams.click(ines, of_ines, line_of(of_ines.card, "Launch"))
    settings = await opened(teams, ines, of_ines, "Settings in a window")
    channel.owners.remove(ines)

    for dialog, typed in ((members, {"who_writes": "owners"}), (settings, {"set_name": "Quay"})):
        refused = await teams.submit_dialog(ines, dialog, "Save", typed)
        assert refused.dialog, refused.text
        assert "Only an owner can do that." in words(refused.dialog.card)
        assert typed.items() <= typed_in(refused.dialog.card).items()

    channel.owners.append(ines)
    saved = await teams.submit_dialog(ines, shown(refused.dialog), "Save")
    assert saved.text == "Saved."


async def test_whoever_is_overtaken_at_the_members_keeps_what_they_typed(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara, ines])
    listed = (await teams.message(mara, "members", channel)).post
    dialog = await opened(teams, ines, listed, "Change in a window")
    await teams.click(mara, listed, "Change")
    await teams.click(mara, listed, "Save", {"what_guests_may": "reader"})

    overtaken = await teams.submit_dialog(ines, dialog, "Save", {"who_writes": "owners"})

    again = shown(overtaken.dialog)
    assert "Somebody changed this while you were writing." in words(again.card)
    assert typed_in(again.card)["who_writes"] == "owners"
    assert (await teams.submit_dialog(ines, again, "Save")).text == "Saved."
