"""What people hear of a calendar: news, digests, reminders, and the choice of them."""
