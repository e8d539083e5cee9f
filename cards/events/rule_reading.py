"""How an event repeats, out of its form: a choice, a custom rule, or the one that it had."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cards.events.custom_rule import read_custom
from cards.events.repeats import Repeat, rule_for
from cards.events.rule_values import rule_of
from cards.submitted import Submitted
from services.model.errors import Wrong
from services.model.events import EventContent
from services.model.recurrence import Rule, Weekday, check, first_day

__all__ = ["read_rule"]


def read_rule(got: Submitted, first: date, kept: EventContent | None) -> Rule | None:
    """Return the rule of a series that is to begin on ``first``; ``kept`` is what it was before.

    What cannot be taken is noted beside its input.
    """
    until = got.day("until")
    if rare := rule_of(got.raw("repeats")):
        return _fitting(got, replace(rare, until=until, count=None if until else rare.count), first)
    repeat = got.choice("repeats", Repeat, Repeat.NONE)
    if repeat is Repeat.NONE:
        return None
    if repeat is Repeat.CUSTOM:
        custom = read_custom(got, first, until)
        # The series of a new event begins on the first day that fits; one that is there stays.
        return custom and (_fitting(got, custom, first) if kept else _begun(got, custom, first))
    if repeat is Repeat.KEEP:
        rule = _kept_rule(kept, until)
    else:
        rule = rule_for(repeat, first, until)
        if kept and kept.rule and replace(kept.rule, week_start=Weekday.MONDAY) == rule:
            rule = kept.rule
    return _fitting(got, rule, first)


def _kept_rule(kept: EventContent | None, until: date | None) -> Rule | None:
    """Return the rule as it was, but for its last day where somebody gives it another."""
    if kept is None or kept.rule is None:
        return None
    if until is None:
        return replace(kept.rule, until=None)
    return replace(kept.rule, until=until, count=None)


def _begun(got: Submitted, rule: Rule, first: date) -> Rule | None:
    """Return the rule if its series does not end before it begins."""
    if rule.until is not None and rule.until < first_day(rule, first):
        got.refuse("until", Wrong.OUT_OF_RANGE)
        return None
    return rule


def _fitting(got: Submitted, rule: Rule | None, first: date) -> Rule | None:
    """Return the rule if its series begins on the first day and does not end before it."""
    if rule is None:
        got.refuse("repeats", Wrong.NOT_A_CHOICE)
        return None
    if rule.until is not None and rule.until < first:
        got.refuse("until", Wrong.OUT_OF_RANGE)
        return None
    try:
        check(replace(rule, until=None), first)
    except ValueError:  # a value that no form of ours has sent
        got.refuse("repeats", Wrong.NOT_A_CHOICE)
        return None
    if first_day(rule, first) != first:
        got.refuse("repeats", Wrong.OUT_OF_RANGE)
        return None
    return rule
