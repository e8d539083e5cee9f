"""Expansion of recurrences beside recurring-ical-events and python-dateutil."""
