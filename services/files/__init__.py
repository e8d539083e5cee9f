"""What comes in and goes out: files, feeds, subscribed calendars, and fetching them with care."""
