"""What to do with one pair: the table of steps, and what limits it. Pure."""
