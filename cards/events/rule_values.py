"""A rule as the value of a choice: what a form's list of repetitions cannot say travels whole.

:func:`rule_value` writes ``pattern=weekly;interval=2;weekdays=0.4``, :func:`rule_of` reads it. The
last day of a series is an input of its own and no part of it. Values of choices hold no commas.
"""

from __future__ import annotations

from services.model.recurrence import (
    Frequency,
    NumberedDay,
    Parts,
    Pattern,
    Rule,
    Week,
    Weekday,
)

__all__ = ["rule_of", "rule_value"]

NUMBERS = {
    "in": "months",
    "of_month": "month_days",
    "of_year": "year_days",
    "weeks": "weeks",
    "only": "positions",
}
"""The numbers of a rule by parts, as a value calls them."""


def rule_value(rule: Rule) -> str:
    """Return the rule in one word, without its last day."""
    parts = {
        "pattern": rule.pattern.value,
        "interval": str(rule.interval),
        "weekdays": _joined(rule.weekdays),
        "day": str(rule.day or ""),
        "week": str(int(rule.week)) if rule.week else "",
        "month": str(rule.month or ""),
        "days": _joined(rule.days),
        "months": _joined(rule.months),
        "week_start": str(int(rule.week_start)) if rule.week_start else "",
        "count": str(rule.count or ""),
        **(_parts_value(rule.parts) if rule.parts else {}),
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def rule_of(value: str) -> Rule | None:
    """Return the rule that a value says, ``None`` for any other text.

    It may still be an impossible one: ask :func:`services.model.recurrence.check`.
    """
    parts = dict(part.partition("=")[::2] for part in value.split(";"))
    try:
        return Rule(
            pattern=Pattern(parts["pattern"]),
            interval=int(parts["interval"]),
            weekdays=tuple(map(Weekday, _parted(parts, "weekdays"))),
            day=_number(parts, "day"),
            week=Week(int(parts["week"])) if "week" in parts else None,
            month=_number(parts, "month"),
            days=_parted(parts, "days"),
            months=_parted(parts, "months"),
            week_start=Weekday(int(parts.get("week_start", 0))),
            count=_number(parts, "count"),
            parts=_parts_of(parts) if "frequency" in parts else None,
        )
    except (KeyError, ValueError):
        return None


def _parts_value(parts: Parts) -> dict[str, str]:
    return {
        "frequency": parts.frequency.value,
        "on": ".".join(f"{int(day.weekday)}:{day.number}" for day in parts.weekdays),
        **{name: _joined(getattr(parts, field)) for name, field in NUMBERS.items()},
    }


def _parts_of(parts: dict[str, str]) -> Parts:
    days = (day.partition(":") for day in parts["on"].split(".")) if "on" in parts else ()
    return Parts(
        frequency=Frequency(parts["frequency"]),
        weekdays=tuple(NumberedDay(Weekday(int(day)), int(n)) for day, _, n in days),
        **{field: _parted(parts, name) for name, field in NUMBERS.items()},
    )


def _joined(numbers: tuple[int, ...]) -> str:
    return ".".join(str(int(number)) for number in numbers)


def _parted(parts: dict[str, str], name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in parts[name].split(".")) if name in parts else ()


def _number(parts: dict[str, str], name: str) -> int | None:
    return int(parts[name]) if name in parts else None
