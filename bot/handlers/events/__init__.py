"""Events in chats, windows and messages."""
