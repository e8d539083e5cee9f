"""How well, and how fast, people are found: ours, rapidfuzz and SQLite FTS5 side by side."""
