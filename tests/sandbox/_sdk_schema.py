"""What an answer of Graph may hold, computed from the model classes of Microsoft's own SDK.

Each class tells for each property how its value is read; a node that reads nothing and only
notes which method was called turns that into a name of a type. ``python -m
tests.sandbox._sdk_schema`` writes the result beside :mod:`tests._judge`, which needs no SDK.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from tests._judge import SCHEMA_FILE

__all__ = ["compute"]

MODELS = """
    attendee automatic_replies_setting calendar
    contact contact_folder convert_id_result date_time_time_zone email_address event
    free_busy_error generic_error item_body locale_info location mailbox_settings
    online_meeting_info outlook_geo_coordinates patterned_recurrence phone physical_address
    profile_photo recipient recurrence_pattern recurrence_range response_status
    schedule_information schedule_item single_value_legacy_extended_property subscription
    time_zone_base user website working_hours
    calendar_collection_response contact_collection_response contact_folder_collection_response
    event_collection_response subscription_collection_response user_collection_response
    o_data_errors.inner_error o_data_errors.main_error o_data_errors.o_data_error
"""
"""The models that the sandbox has; a value of another one may be anything."""
ANSWERS = """
    users.item.calendar.get_schedule.get_schedule_post_response
    users.item.calendar_view.delta.delta_get_response
    users.item.contact_folders.delta.delta_get_response
    users.item.contact_folders.item.contacts.delta.delta_get_response
    users.item.translate_exchange_ids.translate_exchange_ids_post_response
"""
"""What functions and actions answer with."""

_PRIMITIVES = {
    "get_str_value": "string",
    "get_int_value": "integer",
    "get_float_value": "number",
    "get_bool_value": "boolean",
    "get_uuid_value": "uuid",
    "get_datetime_value": "datetime",
    "get_date_value": "date",
    "get_time_value": "time",
    "get_timedelta_value": "duration",
    "get_bytes_value": "bytes",
}
_PYTHON = {str: "string", int: "integer", float: "number", bool: "boolean"}


def compute() -> dict[str, dict[str, Any]]:
    """Return the properties of each class, and the type of each property."""
    models = [_class_of(f"models.{name}") for name in MODELS.split()]
    found = {each.__name__: each for each in models}
    for name in ANSWERS.split():
        found[name] = _class_of(name)
    known = {each.__name__ for each in models}
    return {
        name: {
            prop: _type_of(reader, known)
            for prop, reader in sorted(each().get_field_deserializers().items())
        }
        for name, each in sorted(found.items())
    }


def _class_of(module_name: str) -> Any:
    module = import_module(f"msgraph.generated.{module_name}")
    name = "".join(word.capitalize() for word in module_name.rpartition(".")[2].split("_"))
    return getattr(module, name)


def _type_of(reader: Any, known: set[str]) -> Any:
    noting = _Noting(known)
    reader(noting)
    return noting.type


class _Noting:
    """Stands where the SDK expects a node of JSON, and notes how it was read."""

    def __init__(self, known: set[str]) -> None:
        self.type: Any = None
        self._known = known

    def __getattr__(self, name: str) -> Any:
        self.type = _PRIMITIVES[name]
        return lambda: None

    def get_enum_value(self, enum: Any) -> None:
        self.type = {"enum": sorted(each.value for each in enum)}

    def get_collection_of_enum_values(self, enum: Any) -> None:
        self.get_enum_value(enum)
        self.type = {"list": self.type}

    def get_object_value(self, model: Any) -> None:
        self.type = {"object": model.__name__} if model.__name__ in self._known else "anything"

    def get_collection_of_object_values(self, model: Any) -> None:
        self.get_object_value(model)
        self.type = {"list": self.type}

    def get_collection_of_primitive_values(self, primitive: type) -> None:
        self.type = {"list": _PYTHON.get(primitive, "anything")}


if __name__ == "__main__":
    SCHEMA_FILE.write_text(json.dumps(compute(), indent=1) + "\n")
