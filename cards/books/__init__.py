"""Calendars and contact lists as such: settings, members, copies, the recycle bin."""
