"""A person's own settings and data, and what administrators see."""
