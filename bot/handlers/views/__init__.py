"""What is on and who is free, in a chat."""
