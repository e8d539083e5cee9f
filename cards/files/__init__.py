"""Files, feeds and subscriptions, on their way in and out."""
