import pytest

from cards.buttons import call, link, mail, press, submit, window
from cards.events.event_actions import EventEdit, EventNew
from services.model.books import BookId
from services.model.events import EventId

EDIT = EventEdit(BookId("b"), EventId("e"))


def test_a_button_answers_in_the_card_s_place() -> None:
    button = press(EDIT, "Edit", more=True).render()
    assert (button["type"], button["verb"], button["mode"]) == (
        "Action.Execute",
        "event.edit",
        "secondary",
    )
    assert EventEdit.from_data(button["data"]) == EDIT


def test_a_window_opens_for_the_same_action() -> None:
    button = window(EDIT, "Edit in a window").render()
    assert button["data"]["msteams"] == {"type": "task/fetch"}
    assert EventEdit.from_data(button["data"]) == EDIT


def test_a_button_of_a_dialog_carries_nothing_of_teams() -> None:
    assert submit(EDIT, "Save").render()["data"] == EDIT.to_data()


def test_a_draft_travels_along_and_cannot_change_the_action() -> None:
    button = press(EventNew(BookId("b")), "Correct", typed={"title": "x", "verb": "evil"})
    assert button.render()["data"] == {"title": "x", "verb": "event.new", "book": "b"}


def test_only_a_form_s_own_button_sends_its_inputs() -> None:
    assert press(EDIT, "Save", form=True).render().get("associatedInputs") is None
    assert press(EDIT, "Cancel", tooltip="Back\u202e").render()["associatedInputs"] == "none"
    assert press(EDIT, "Cancel", tooltip="Back\u202e").render()["tooltip"] == "Back"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "http://x.example", "https://", "", "https://[bad", "https://x y"],
)
def test_what_is_no_web_page_gets_no_button(url: str) -> None:
    assert link(url, "Join") is None


def test_an_own_page_may_be_plain_http() -> None:
    button = link("http://127.0.0.1:3978/auth/start", "Sign in", own=True)
    assert button is not None


def test_an_address_cannot_add_to_its_link() -> None:
    button = mail("a?bcc=evil@x.example&body=\n", "E-mail").render()
    assert button["url"] == "mailto:a%3Fbcc%3Devil@x.example%26body%3D%0A"


@pytest.mark.parametrize(
    ("number", "url"),
    [
        ("+45 (0) 70-12", "tel:+457012"),
        ("(0) 70-12", "tel:07012"),
        ("+1 415-555-2671 ext. 123", "tel:+14155552671;ext=123"),
        ("+1 415 555 2671 x12", "tel:+14155552671;ext=12"),
        ("+44 20 7946 0958 (Max)", "tel:+442079460958"),
        ("call me", None),
        ("+", None),
    ],
)
def test_a_number_is_dialled_by_its_digits(number: str, url: str | None) -> None:
    button = call(number, "Call")
    assert (button.render()["url"] if button else None) == url
