"""What calendars hold: events, what is on, who comes, who is free, what somebody hears of it."""
