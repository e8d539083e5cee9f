"""Series in a chat and in windows: one date, it and all that follow, or all; and back again."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests._teams import Chat, FakeTeams, Posted, Someone
from tests.scenarios._house import House, an_event, line_of, typed_in, words

STANDUP = "Stand-up every weekday 9:00 for 15 min"


async def in_agenda(teams: FakeTeams, who: Someone, chat: Chat | None = None) -> list[str]:
    """What stands on next week's agenda, by time and title."""
    heard = await teams.message(who, "agenda next week", *([chat] if chat else []))
    lines = words(heard.card).splitlines()
    known = ("Stand-up", "Retro", "Sync")
    return [f"{lines[i - 2]} {line}" for i, line in enumerate(lines) if line in known]


async def opened(
    teams: FakeTeams,
    who: Someone,
    day: str,
    chat: Chat | None = None,
    title: str = "Stand-up",
) -> Posted:
    """Open one date of a series out of the agenda of its day."""
    heard = await teams.message(who, f"agenda {day}", *([chat] if chat else []))
    await teams.click(who, heard.post, line_of(heard.card, title))
    return heard.post


WEEK = ["09:00 Stand-up"] * 5


async def test_an_occurrence_says_how_its_series_repeats(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, STANDUP)
    post = await opened(teams, mara, "25 november")
    said = words(post.views[mara.teams_id])
    assert "Every working day (Monday to Friday)" in said
    assert "Created by Mara Lindqvist" in said
    assert re.search(r"Number of the series: \w{32}\b", said)


async def test_one_date_alone_is_changed(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, STANDUP)
    post = await opened(teams, mara, "25 november")
    form = await teams.click(mara, post, "Edit")
    assert typed_in(form.card)["reach"] == "one"

    new = {"title": "Retro", "start_time": "11:00", "end_time": "12:00"}
    saved = await teams.click(mara, post, "Save", new)

    assert "Saved for this date alone." in words(saved.card)
    changed = [*WEEK[:2], "11:00 Retro", *WEEK[3:]]
    assert await in_agenda(teams, mara) == changed
    back = await teams.click(mara, post, "Undo")
    assert "It is again as it was before." in words(back.card)
    assert await in_agenda(teams, mara) == WEEK


async def test_this_date_and_all_that_follow_are_changed_and_taken_back(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, STANDUP)
    post = await opened(teams, mara, "25 november")
    await teams.click(mara, post, "Edit")
    new = {"title": "Sync", "reach": "following", "start_time": "10:00", "end_time": "10:30"}

    saved = await teams.click(mara, post, "Save", new, times=3)

    assert "Saved for this date and all that follow." in words(saved.card)
    assert await in_agenda(teams, mara) == [*WEEK[:2], *["10:00 Sync"] * 3]
    await teams.click(mara, post, "Undo")
    assert await in_agenda(teams, mara) == WEEK


async def test_the_whole_series_is_changed_from_any_of_its_dates(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, STANDUP)
    post = await opened(teams, mara, "25 november")
    await teams.click(mara, post, "Edit")
    new = {"title": "Sync", "reach": "all", "start_time": "10:00", "end_time": "10:30"}
    saved = await teams.click(mara, post, "Save", new)
    assert "Saved for the whole series." in words(saved.card)
    assert await in_agenda(teams, mara) == ["10:00 Sync"] * 5


@pytest.mark.parametrize(
    ("button", "said", "left"),
    [
        ("Only this date", "This date is deleted.", WEEK[:4]),
        ("This and all following", "This date and all that follow are deleted.", WEEK[:2]),
        ("The whole series", "Deleted by Mara Lindqvist.", []),
    ],
)
async def test_dates_are_deleted_and_come_back(
    teams: FakeTeams, mara: Someone, button: str, said: str, left: list[str]
) -> None:
    await an_event(teams, mara, STANDUP)
    post = await opened(teams, mara, "25 november")
    asked = await teams.click(mara, post, "Delete")
    assert "Which of these events shall be deleted?" in words(asked.card)

    gone = await teams.click(mara, post, button, times=3)

    assert said in words(gone.card)
    assert await in_agenda(teams, mara) == left
    await teams.click(mara, post, "Undo")
    assert await in_agenda(teams, mara) == WEEK


async def test_who_thinks_better_of_deleting_is_back_at_the_date(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, STANDUP)
    post = await opened(teams, mara, "25 november")
    await teams.click(mara, post, "Delete")
    kept = await teams.click(mara, post, "Keep them all")
    assert "25 Nov" in words(kept.card)
    await teams.click(mara, post, "Edit")
    cancelled = await teams.click(mara, post, "Cancel")
    assert "25 Nov" in words(cancelled.card)


async def test_in_a_window_a_change_reaches_as_far_as_is_asked(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, STANDUP)
    post = await opened(teams, mara, "25 november")
    window = (await teams.open_dialog(mara, post, "Edit in a window")).dialog
    assert window is not None and typed_in(window.card)["reach"] == "one"
    again = (await teams.submit_dialog(mara, window, "Save", {"end_time": "08:00"})).dialog
    assert again is not None and "The end is before the start." in words(again.card)
    new = {"title": "Sync", "reach": "following", "end_time": "09:15"}
    done = await teams.submit_dialog(mara, again, "Save", new)
    assert done.text == "Saved for this date and all that follow."
    assert await in_agenda(teams, mara) == [*WEEK[:2], *["09:00 Sync"] * 3]


async def test_in_a_channel_each_sees_their_own_answer_and_posts_follow(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    own = await an_event(teams, mara, STANDUP, channel)
    agenda = await opened(teams, ines, "25 november", channel)
    await teams.click(ines, agenda, "Edit")
    await teams.click(ines, agenda, "Save", {"title": "Retro", "reach": "following"})
    await house.settle()
    assert "until Tue, 24 Nov 2026" in words(own.card)
    assert await in_agenda(teams, mara, channel) == [*WEEK[:2], *["09:00 Retro"] * 3]


async def test_whoever_is_overtaken_keeps_what_they_typed(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, STANDUP, channel)
    agenda = await opened(teams, ines, "25 november", channel)
    await teams.click(ines, agenda, "Edit")
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"place": "Room Linde"})

    again = await teams.click(ines, agenda, "Save", {"title": "Retro", "reach": "one"})

    assert "Mara Lindqvist changed this while you were writing." in words(again.card)
    assert typed_in(again.card)["title"] == "Retro"
    saved = await teams.click(ines, agenda, "Save")
    assert "Saved for this date alone." in words(saved.card)


async def test_a_date_that_is_gone_meanwhile_gets_a_sentence(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, STANDUP)
    first = await opened(teams, mara, "25 november")
    second = await opened(teams, mara, "25 november")
    await teams.click(mara, second, "Edit")
    await teams.click(mara, first, "Delete")
    await teams.click(mara, first, "Only this date")
    gone = await teams.click(mara, second, "Save", {"title": "Retro"})
    assert "This event is gone." in words(gone.card)


async def test_what_was_changed_again_is_not_taken_back(teams: FakeTeams, mara: Someone) -> None:
    own = await an_event(teams, mara, STANDUP)
    post = await opened(teams, mara, "25 november")
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Only this date")
    await teams.click(mara, own, "Edit")
    await teams.click(mara, own, "Save", {"place": "Room Linde"})
    refused = await teams.click(mara, post, "Undo")
    said = words(refused.card)
    assert "Somebody else has just changed this." in said and "Room Linde" in said


async def test_outlook_follows_a_split_without_doubles(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, STANDUP)
    await house.connect(mara)
    await house.settle()
    post = await opened(teams, mara, "25 november")
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"title": "Sync", "reach": "following"})
    await house.settle()
    found = {item.content.subject: item.content for item in house.events_in_outlook()}
    assert {title: f"{each.start:%d %b}" for title, each in found.items()} == {
        "Stand-up": "19 Nov",
        "Sync": "25 Nov",
    }
    old = found["Stand-up"].recurrence
    assert old is not None and old.ends_on == date(2026, 11, 24)
    await teams.click(mara, post, "Undo")
    await house.settle()
    assert [item.content.subject for item in house.events_in_outlook()] == ["Stand-up"]
    assert await in_agenda(teams, mara) == WEEK


async def test_a_form_shows_the_dates_of_what_is_chosen(teams: FakeTeams, mara: Someone) -> None:
    form = await teams.message(mara, "new event")
    typed = {"start_date": "2026-11-24", "repeats": "monthly", "title": "Review"}
    shown = await teams.click(mara, form.post, "Dates and more choices", typed)
    said = words(shown.card)
    assert "Every month on day 24" in said
    assert "Dates: Tue, 24 Nov 2026 · Thu, 24 Dec 2026 · Sun, 24 Jan 2027" in said
    assert typed_in(shown.card)["title"] == "Review"


async def test_a_custom_repetition_is_made_step_by_step(teams: FakeTeams, mara: Someone) -> None:
    form = await teams.message(mara, "new event")
    typed = {"start_date": "2026-11-20", "repeats": "custom", "title": "Retro"}
    asked = await teams.click(mara, form.post, "Create", typed)
    assert "Please say below how it repeats." in words(asked.card)

    wrong = {"unit": "weekly", "on_days": "1", "which": "2"}
    again = await teams.click(mara, form.post, "Show the dates", wrong)
    assert "This is for months and years alone." in words(again.card)

    right = {"unit": "monthly", "until": "2027-03-03"}
    shown = await teams.click(mara, form.post, "Show the dates", right)
    assert "Every month on the second Tuesday, until Wed, 3 Mar 2027" in words(shown.card)
    assert "Tue, 8 Dec 2026 · Tue, 12 Jan 2027 · Tue, 9 Feb 2027" in words(shown.card)

    made = await teams.click(mara, form.post, "Create")
    assert "Tue, 8 Dec 2026" in words(made.card), "it begins on the first day that fits"


async def test_a_custom_repetition_is_made_in_a_window(teams: FakeTeams, mara: Someone) -> None:
    guide = await teams.message(mara, "help")
    window = (await teams.open_dialog(mara, guide.post, "New event in a window")).dialog
    assert window is not None
    typed = {"start_date": "2026-11-24", "repeats": "custom", "title": "Retro"}
    shown = (await teams.submit_dialog(mara, window, "Dates and more choices", typed)).dialog
    assert shown is not None
    typed = {"every": "2", "unit": "weekly", "on_days": "1,3"}
    again = (await teams.submit_dialog(mara, shown, "Show the dates", typed)).dialog
    assert again is not None
    assert "Every 2 weeks on Tuesday and Thursday" in words(again.card)
    done = await teams.submit_dialog(mara, again, "Create")
    assert "Every 2 weeks on Tuesday and Thursday" in words(done.post.card)


async def test_the_rule_of_a_series_is_where_a_custom_one_begins(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Retro every second tuesday 9:00 until 3 march")
    assert "Every second Tuesday, until Wed, 3 Mar 2027" in words(post.card)
    await teams.click(mara, post, "Edit")
    shown = await teams.click(mara, post, "Dates and more choices", {"repeats": "custom"})
    typed = typed_in(shown.card)
    assert (typed["every"], typed["unit"], typed["on_days"]) == ("2", "weekly", "1")
    saved = await teams.click(mara, post, "Save", {"every": "3"})
    assert "Every 3 weeks on Tuesday, until Wed, 3 Mar 2027" in words(saved.card)
    date = await opened(teams, mara, "24 november", title="Retro")
    await teams.click(mara, date, "Edit")
    again = await teams.click(mara, date, "Dates and more choices", {"reach": "following"})
    assert typed_in(again.card)["reach"] == "following"
    assert "Every 3 weeks on Tuesday, until Wed, 3 Mar 2027" in words(again.card)


async def test_the_compose_box_shows_dates_before_anything_is_made(
    teams: FakeTeams, mara: Someone
) -> None:
    window = (await teams.action_fetch(mara, "newEvent")).dialog
    assert window is not None
    typed = {"start_date": "2026-11-24", "repeats": "yearly", "title": "Fair"}
    shown = (await teams.submit_dialog(mara, window, "Dates and more choices", typed)).dialog
    assert shown is not None
    assert "Every year on 24 November" in words(shown.card)
    made = await teams.submit_dialog(mara, shown, "Create")
    assert made.dialog is None
    agenda = await teams.message(mara, "agenda 24 november 2027")
    assert "Fair" in words(agenda.card)


async def test_the_card_of_a_series_leads_to_each_of_its_dates(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, STANDUP)
    dates = await teams.click(mara, post, "Dates")
    assert "Wed, 25 Nov 2026" in words(dates.card)
    await teams.click(mara, post, line_of(dates.card, "25 Nov"))
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Only this date")
    await teams.click(mara, post, "Details")
    await teams.click(mara, post, "Back")
    again = await teams.click(mara, post, "Dates")
    assert "25 Nov" not in words(again.card)
    back = await teams.click(mara, post, "Back")
    assert "Every working day (Monday to Friday)" in words(back.card)


async def test_a_sentence_says_what_is_left_out_and_when_to_remind(
    teams: FakeTeams, mara: Someone
) -> None:
    said = "new event Swim every friday 9:00 except 4 december, remind me 20 min before"
    heard = await teams.message(mara, said)
    told = words(heard.card)
    assert "Not on\nFri, 4 Dec 2026" in told
    assert "20 minutes before" in told

    form = await teams.click(mara, heard.post, "Correct")
    assert typed_in(form.card)["skipped"] == "2026-12-04"
    assert typed_in(form.card)["reminder"] == "20"
    dated = await teams.click(mara, heard.post, "Dates and more choices")
    assert "27 Nov" in words(dated.card) and "4 Dec" not in words(dated.card)
    wrong = await teams.click(mara, heard.post, "Create", {"skipped": "4 December"})
    assert "There is no such day." in words(wrong.card)
    await teams.click(mara, heard.post, "Create", {"skipped": "2026-12-04"})

    details = await teams.click(mara, heard.post, "Details")
    assert "20 minutes before" in words(details.card)
    agenda = words((await teams.message(mara, "agenda 20 november to 12 december")).card)
    assert agenda.splitlines().count("Swim") == 3


async def test_a_rare_repetition_of_a_sentence_is_said_in_words(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "new event Board every third wednesday 9:00")
    assert "Every month on the third Wednesday" in words(heard.card)
