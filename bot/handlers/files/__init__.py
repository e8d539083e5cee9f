"""Files, feeds and subscriptions, in and out."""
