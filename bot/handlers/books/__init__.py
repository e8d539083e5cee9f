"""Calendars and contact lists as such."""
