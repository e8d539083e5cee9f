"""Work that is due at a time: ticks, and one small file for each kind of task."""
