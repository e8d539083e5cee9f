"""Files that other programs read: calendars as ICS, contacts as vCard. Pure, bytes out."""
