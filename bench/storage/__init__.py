"""What sealing costs: Almanac's store beside plain, unsealed sqlite3 with the same events."""
