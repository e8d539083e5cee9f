import pytest

from services.contacts.custom_values import tidied
from services.model.contact_lists import CustomField, FieldId, FieldKind
from services.model.errors import Wrong


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (FieldKind.NUMBER, "12", "12"),
        (FieldKind.NUMBER, "1'250,50", "1250.5"),
        (FieldKind.NUMBER, "+007", "7"),
        (FieldKind.NUMBER, "-0.0", "0"),
        (FieldKind.NUMBER, "\N{MINUS SIGN}3,0", "-3"),
        (FieldKind.NUMBER, "1,2,3", Wrong.NOT_A_NUMBER),
        (FieldKind.NUMBER, "1e9", Wrong.NOT_A_NUMBER),
        (FieldKind.NUMBER, "NaN", Wrong.NOT_A_NUMBER),
        (FieldKind.DATE, "2028-02-29", "2028-02-29"),
        (FieldKind.DATE, "2027-02-29", Wrong.NOT_A_DATE),
        (FieldKind.CHOICE, "red", "Red"),
        (FieldKind.CHOICE, "blue", Wrong.NOT_A_CHOICE),
        (FieldKind.LINK, "engines.example", "https://engines.example"),
        (FieldKind.LINK, "javascript:x", Wrong.NOT_A_LINK),
        (FieldKind.TEXT, " two\n words ", "two words"),
        (FieldKind.TEXT, "x" * 501, Wrong.TOO_LONG),
    ],
)
def test_a_value_is_written_in_one_way_or_refused(kind: FieldKind, written: str, kept: str) -> None:
    assert tidied(CustomField(FieldId("f"), "Field", kind, ("Red", "Green")), written) == kept
