"""Third step of a pass: look at both sides, and plan a step for each pair that is not in step."""
