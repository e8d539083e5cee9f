import pytest

from cards.elements import (
    Choice,
    ChoiceSet,
    Column,
    Container,
    Execute,
    TextBlock,
    TextInput,
    card,
    words,
)
from cards.text import clean, escape


def test_a_misspelt_property_is_refused() -> None:
    with pytest.raises(TypeError, match="TextBlock has no wrapp"):
        TextBlock(text="a", wrapp=True)  # type: ignore[call-arg]


def test_a_property_of_the_package_that_is_not_declared_is_refused() -> None:
    with pytest.raises(TypeError, match="maxLines"):
        TextBlock(text="a", maxLines=2)  # type: ignore[call-arg]


def test_a_value_outside_of_the_few_is_refused() -> None:
    with pytest.raises(ValueError, match="purple"):
        TextBlock(text="a", color="purple")  # type: ignore[arg-type]


def test_a_bool_is_no_number_and_a_number_is_no_text() -> None:
    with pytest.raises(TypeError):
        TextInput(id="a", max_length=True)
    with pytest.raises(TypeError):
        TextBlock(text=7)  # type: ignore[arg-type]


def test_an_element_is_no_text_and_a_text_is_no_element() -> None:
    with pytest.raises(TypeError):
        TextBlock(text=TextBlock(text="a"))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Container(items=[], action="go")  # type: ignore[arg-type]


def test_none_leaves_a_property_out() -> None:
    assert TextBlock(text="a", size=None).render() == {"type": "TextBlock", "text": "a"}


def test_a_property_can_be_read_and_set_by_its_name() -> None:
    block = TextBlock(text="a", subtle=True)
    block.text = "b"
    assert block.text == "b"
    assert block.render() == {"type": "TextBlock", "text": "b", "isSubtle": True}
    with pytest.raises(TypeError):
        block.text = 7  # type: ignore[assignment]


def test_elements_become_plain_json_at_any_depth() -> None:
    tap = Execute(title="Go", verb="a.b", data={"verb": "a.b"})
    box = Container(items=[Column(items=[words("x")], width=2)], action=tap)
    assert box.render() == {
        "type": "Container",
        "items": [
            {
                "type": "Column",
                "items": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "x"}]}],
                "width": 2,
            }
        ],
        "selectAction": {
            "type": "Action.Execute",
            "title": "Go",
            "verb": "a.b",
            "data": {"verb": "a.b"},
        },
    }


def test_a_choice_has_no_type_on_the_wire() -> None:
    several = ChoiceSet(id="a", choices=[Choice(title="One", value="1")])
    assert several.render()["choices"] == [{"title": "One", "value": "1"}]


def test_a_card_speaks_its_language_and_refreshes_for_sixty_people_at_most() -> None:
    refresh = Execute(title="Refresh", verb="a.b", data={})
    whole = card(
        [], language="en-GB", fallback="[x](y)", refresh=refresh, refresh_for=["29:a"] * 70
    )
    assert whole["lang"] == "en"
    assert whole["fallbackText"] == "\\[x\\](y)"
    assert len(whole["refresh"]["userIds"]) == 60
    assert "actions" not in whole


def test_what_would_trick_a_reader_is_taken_out_of_outside_text() -> None:
    assert clean("a\x00b\u202etxt\u202c\x1b[0m\ud800") == "abtxt[0m"
    assert "{{" not in clean("{{DATE(2026-11-20T00:00:00Z)}}{{{{")
    assert "${" not in clean("${name}")
    assert clean("two\nlines\tand a tab") == "two\nlines\tand a tab"


def test_markdown_is_escaped_where_it_would_be_read() -> None:
    assert escape("[a](b) *c* _d_ `e`") == "\\[a\\](b) \\*c\\* \\_d\\_ \\`e\\`"
