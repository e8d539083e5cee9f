"""Calendars and contact lists as such: found, made, shared, copied, put away and brought back."""
