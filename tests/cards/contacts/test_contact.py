import pytest

from cards.contacts.contact import contact_preview, initials
from cards.preview import event_preview
from cards.viewer import Viewer
from services.model.contacts import ContactContent
from services.model.events import Occurrence
from tests._builders import BERLIN, a_contact, an_event


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Byron", "AB"),
        ("ada", "A"),
        ("Ada Augusta King Byron", "AB"),
        ("(Ines) 'Moura'", "IM"),
        ("王小明", "王"),
        ("ليلى حداد", "لح"),
        ("🎉 !!!", "?"),
        ("", "?"),
    ],
)
def test_initials_are_the_first_and_the_last(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_result_shows_initials_and_job() -> None:
    content = contact_preview(a_contact())["content"]
    assert content == {"title": "AB · Ada Byron", "text": "Engineer · Analytical Engines"}


def test_a_result_without_a_job_shows_how_to_reach_them() -> None:
    content = contact_preview(a_contact(job="", company=""))["content"]
    assert content == {
        "title": "AB · Ada Byron",
        "text": "ada@engines.example · +45 70 12 34 56",
    }


def test_html_in_a_result_is_shown_as_it_is() -> None:
    bare = a_contact(ContactContent(name="<b>x</b>", job="<a href=evil>&"))
    assert contact_preview(bare)["content"] == {
        "title": "B · <b>x</b>",
        "text": "&lt;a href=evil&gt;&amp;",
    }


def test_an_event_is_found_with_its_time_and_place() -> None:
    event = an_event(place="Room 4")
    preview = event_preview(Occurrence.of(event), Viewer(BERLIN))["content"]
    assert preview == {
        "title": "Lunch with Ines",
        "text": "Fri, 20 Nov 2026, 12:30 \N{EN DASH} 13:30 · Room 4",
    }
