"""What a pass holds and remembers, and the only way in which it writes."""
