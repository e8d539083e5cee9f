import pytest

from cards.contacts.fields_form import FieldRow, field_values, read_fields, typed_fields
from services.model.contact_lists import FieldId, FieldKind
from services.model.errors import InvalidInput, Problem, Wrong
from tests.cards._contact_samples import SHAPE

FIELDS = SHAPE.fields


def test_a_form_that_nobody_touched_says_the_same_fields() -> None:
    rows = read_fields(field_values(FIELDS), FIELDS)
    assert rows == [FieldRow(each.id, each.name, each.kind, each.choices) for each in FIELDS]


def test_a_new_row_says_what_it_holds_and_an_empty_one_nothing() -> None:
    typed = field_values(FIELDS) | {
        "field_name_0": "",
        "field_kind_1": "number",
        "field_name_6": "Rank",
        "field_kind_6": "choice",
        "field_choices_6": "First, Second,",
    }
    rows = read_fields(typed, FIELDS)
    assert rows[0] == FieldRow(FieldId("f1"), "", FieldKind.NUMBER, ())
    assert rows[1].kind is FieldKind.DATE
    assert rows[5:] == [FieldRow(None, "Rank", FieldKind.CHOICE, ("First", "Second"))]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"field_name_5": "x" * 61}, Problem("field_name_5", Wrong.TOO_LONG, 60)),
        (
            {"field_name_5": "Rank", "field_kind_5": "rainbow"},
            Problem("field_kind_5", Wrong.NOT_A_CHOICE),
        ),
        (
            {"field_name_5": "Rank", "field_kind_5": "choice", "field_choices_5": " , "},
            Problem("field_choices_5", Wrong.MISSING),
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_input(typed: dict[str, str], problem: Problem) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_fields(field_values(FIELDS) | typed, FIELDS)
    assert caught.value.problems == (problem,)


def test_only_the_inputs_of_the_form_are_taken() -> None:
    assert typed_fields({"verb": "fields.save", "field_name_0": "A", "field_name_99": "B"}) == {
        "field_name_0": "A"
    }
