"""The product: calendars, contacts and sync. It knows no Teams and no cards."""
