"""Calendars and people's time as pictures: agenda, day, week, month, absences, free and busy."""
