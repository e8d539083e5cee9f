"""The sandbox's own web pages: its people, and a mailbox's week as Outlook would show it."""
