"""What people want to hear of a calendar."""
