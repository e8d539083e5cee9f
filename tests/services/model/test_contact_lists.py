from services.model.contact_lists import CustomField, FieldId, ListShape

FIELD = CustomField(FieldId("f1"), "Level")
SHAPE = ListShape(groups=("Sea", "Board"), fields=(FIELD,))


def test_a_field_is_found_by_its_id() -> None:
    assert SHAPE.field(FieldId("f1")) == FIELD
    assert SHAPE.field(FieldId("gone")) is None


def test_a_group_is_found_whichever_way_it_is_capitalised() -> None:
    assert SHAPE.group("SEA") == "Sea"
    assert SHAPE.group("ocean") is None
