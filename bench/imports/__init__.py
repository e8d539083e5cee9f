"""Files of calendars: how long it takes until their events are in the store, sealed."""
