"""A store, or one tenant of it, as a file, and back: still sealed, whatever the engine."""
