"""One event: its card, its form, how it repeats, and every question about it."""
