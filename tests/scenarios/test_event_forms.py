"""Events by forms in the chat: made, changed, deleted, by one person or by two at once."""

from __future__ import annotations

import asyncio

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import button
from tests.scenarios._house import House, an_event, line_of, typed_in, words


async def test_a_form_holds_everything_that_an_event_has(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.message(mara, "new event")
    await teams.click(
        mara,
        heard.post,
        "Create",
        {
            "title": "Quarterly review",
            "start_date": "2026-12-01",
            "start_time": "09:00",
            "end_time": "11:30",
            "zone": "Europe/London",
            "place": "Room Linde",
            "repeats": "weekly",
            "until": "2026-12-22",
            "reminder": "60",
            "show_as": "tentative",
            "text": "Bring numbers.",
        },
    )
    details = await teams.click(mara, heard.post, "Details")
    said = words(details.card)
    for piece in ("Quarterly review", "10:00 - 12:30", "Room Linde", "Bring numbers.", "Tentative"):
        assert piece in said
    assert "Every week on Tuesday" in said and "1 hour before" in said


async def test_an_event_of_whole_days_is_shown_on_each_of_them(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "new event")
    days = {"all_day": "true", "start_date": "2026-11-20", "end_date": "2026-11-22"}
    await teams.click(mara, heard.post, "Create", {"title": "Fair in Lyon", **days})
    agenda = await teams.message(mara, "agenda")
    assert words(agenda.card).splitlines().count("Fair in Lyon") == 3


async def test_an_event_is_edited_in_its_place(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    form = await teams.click(mara, post, "Edit")
    assert typed_in(form.card)["title"] == "Review"

    saved = await teams.click(mara, post, "Save", {"title": "Retro", "start_time": "10:00"})

    assert "Saved." in words(saved.card)
    assert "Retro" in words(post.card), "the message itself has changed"
    agenda = await teams.message(mara, "agenda")
    assert "Retro" in words(agenda.card) and "Review" not in words(agenda.card)


async def test_cancelling_an_edit_leads_back_to_the_event(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    await teams.click(mara, post, "Edit")
    back = await teams.click(mara, post, "Cancel")
    assert "Review" in words(back.card)
    assert "Edit" in words(back.card)


async def test_an_event_is_deleted_after_a_question(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    asked = await teams.click(mara, post, "Delete")
    assert "Delete this event?" in words(asked.card)
    kept = await teams.click(mara, post, "Keep it")
    assert "Review" in words(kept.card)

    await teams.click(mara, post, "Delete")
    gone = await teams.click(mara, post, "Delete")

    assert "Deleted by Mara Lindqvist." in words(gone.card)
    agenda = await teams.message(mara, "agenda")
    assert "Nothing is planned." in words(agenda.card)


async def test_a_series_is_deleted_whole_and_the_question_says_so(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Stand-up every monday 9:00")
    asked = await teams.click(mara, post, "Delete")
    assert "Delete the whole series, with every occurrence?" in words(asked.card)
    await teams.click(mara, post, "Delete")
    agenda = await teams.message(mara, "agenda next week")
    assert "Nothing is planned." in words(agenda.card)


async def test_whoever_is_overtaken_gets_the_form_again_with_what_they_typed(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    await teams.click(mara, post, "Edit")
    await teams.click(ines, post, "Edit")
    still_open = post.views[mara.teams_id]
    await teams.click(ines, post, "Save", {"title": "Retro of Ines"})
    post.views[mara.teams_id] = still_open

    again = await teams.click(mara, post, "Save", {"title": "Retro of Mara"})

    said = words(again.card)
    assert "Ines Moreau changed this while you were writing." in said
    assert typed_in(again.card)["title"] == "Retro of Mara"
    saved = await teams.click(mara, post, "Save")
    assert "Retro of Mara" in words(saved.card)


async def test_a_button_of_an_old_card_whose_event_is_gone_gets_a_sentence_and_a_fresh_card(
    teams: FakeTeams, mara: Someone
) -> None:
    first = await an_event(teams, mara, "Review friday 9:00")
    agenda = await teams.message(mara, "agenda")
    line = line_of(agenda.card, "Review")
    await teams.click(mara, first, "Delete")
    await teams.click(mara, first, "Delete")

    answer = await teams.click(mara, agenda.post, line)

    assert "This event is gone. Somebody may have deleted it." in words(answer.card)
    fresh = await teams.click(mara, agenda.post, "Show the agenda")
    assert "Nothing is planned." in words(fresh.card)


async def test_a_form_whose_event_was_deleted_meanwhile_makes_it_no_second_time(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "new event Review friday 9:00")
    proposal = heard.post.card
    await teams.click(mara, heard.post, "Create")
    await teams.click(mara, heard.post, "Delete")
    await teams.click(mara, heard.post, "Delete")
    heard.post.views[mara.teams_id] = proposal
    again = await teams.click(mara, heard.post, "Create")
    assert "This event is gone." in words(again.card)
    assert "New event" in words(again.card)


async def test_deleting_what_is_deleted_already_says_the_same(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    await teams.click(mara, post, "Delete")
    question = dict(post.views)
    await teams.click(mara, post, "Delete")
    post.views.update(question)
    again = await teams.click(mara, post, "Delete")
    assert "Deleted by Mara Lindqvist." in words(again.card)


async def test_the_same_submit_three_times_makes_one_event(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.message(mara, "new event lunch friday 12:30")
    await teams.click(mara, heard.post, "Create", times=3)
    agenda = await teams.message(mara, "agenda")
    assert words(agenda.card).splitlines().count("lunch") == 1


async def test_three_deliveries_with_ids_of_their_own_make_one_event(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "new event lunch friday 12:30")
    before = heard.post.card
    for _ in range(3):
        heard.post.views[mara.teams_id] = before
        created = await teams.click(mara, heard.post, "Create")
        assert "lunch" in words(created.card)
        assert created.posts == []
    assert "lunch" in words(heard.post.card) and "Create" not in words(heard.post.card)
    agenda = await teams.message(mara, "agenda")
    assert words(agenda.card).splitlines().count("lunch") == 1


async def test_three_deliveries_from_a_view_of_an_agenda_make_one_post(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    agenda = (await teams.message(mara, "agenda", channel)).post
    form = (await teams.click(ines, agenda, "New event")).card
    answers = []
    for _ in range(3):
        agenda.views[ines.teams_id] = form
        answers.append(await teams.click(ines, agenda, "Create", {"title": "Retro"}))
    assert [len(answer.posts) for answer in answers] == [1, 0, 0]
    assert all("Created." in words(answer.card) for answer in answers)


async def test_two_members_who_press_create_at_once_make_one_event(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event lunch friday 12:30", channel)
    answers = await asyncio.gather(
        *(teams.click(who, heard.post, "Create") for who in (mara, ines))
    )
    assert all("lunch" in words(answer.card) for answer in answers)
    assert "Create this event?" not in words(heard.post.card)
    agenda = await teams.message(mara, "agenda", channel)
    assert words(agenda.card).splitlines().count("lunch") == 1


async def test_a_proposal_that_one_corrects_while_another_confirms_it_is_one_event(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event lunch friday 12:30", channel)
    await teams.click(ines, heard.post, "Correct")
    form = heard.post.views[ines.teams_id]
    await teams.click(mara, heard.post, "Create")
    heard.post.views[ines.teams_id] = form

    again = await teams.click(ines, heard.post, "Create", {"title": "Late lunch"})

    assert "Mara Lindqvist has created this already" in words(again.card)
    assert typed_in(again.card)["title"] == "Late lunch"
    saved = await teams.click(ines, heard.post, "Save")
    assert "Saved." in words(saved.card)
    agenda = words((await teams.message(mara, "agenda", channel)).card).splitlines()
    assert (agenda.count("lunch"), agenda.count("Late lunch")) == (0, 1)


async def test_the_next_form_with_the_same_words_makes_another_event(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "lunch friday 12:30")
    await an_event(teams, mara, "lunch friday 12:30")
    agenda = await teams.message(mara, "agenda")
    assert words(agenda.card).splitlines().count("lunch") == 2


async def test_a_form_of_a_new_event_can_be_put_away(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.message(mara, "new event")
    away = await teams.click(mara, heard.post, "Cancel")
    assert "Nothing was saved." in words(away.card)
    agenda = await teams.message(mara, "agenda")
    assert "Nothing is planned." in words(agenda.card)


async def test_the_buttons_of_a_card_from_an_earlier_version_get_a_sentence(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    answer = await teams.execute(mara, post, "event.teleport", {})
    assert "from an earlier version" in answer.text
    answer = await teams.execute(mara, post, "event.edit", {"book": 7})
    assert "from an earlier version" in answer.text


async def test_a_client_that_only_submits_may_deliver_three_times_as_well(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event lunch friday 12:30", channel)
    data = button(heard.post.card, "Create")["data"]
    for _ in range(3):
        again = teams.activity("message", ines, channel, value=data, replyToId=heard.post.id)
        assert (await teams.deliver(again, channel)).posts == []
    await teams.click(mara, heard.post, "Edit")
    await teams.click(mara, heard.post, "Save", {"title": "Late lunch"})
    assert "Late lunch" in words(heard.post.card), "the message is the event's"
    assert "Saved." not in words(heard.post.card)
