"""Everything that is kept: sealed before it is written, one partition at a time."""
