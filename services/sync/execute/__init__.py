"""Last step of a pass: carry out what was planned."""
