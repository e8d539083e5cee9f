"""Second step of a pass: read what has changed in Outlook, and remember it."""
